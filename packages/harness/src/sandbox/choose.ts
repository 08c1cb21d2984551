import { HarnessError } from "../harness-error.ts";
import { projectName } from "./labels.ts";
import type { SeenSandbox } from "./survey.ts";

/**
 * The sandbox that somebody means who says `pnpm sandbox` in a checkout: the one named, else the one
 * started by hand, else one that a demo or a test run left up on purpose.
 *
 * @throws HarnessError `SANDBOX_GONE` when there is none.
 */
export function meantSandbox(
  seen: readonly SeenSandbox[],
  checkout: string,
  named: string | undefined,
): SeenSandbox {
  const kept = seen.filter((sandbox) => sandbox.checkout === checkout && sandbox.owner === "");
  const byHand = projectName(checkout, "hand", 1);
  const meant =
    named === undefined
      ? (kept.find(({ project }) => project === byHand) ?? kept[0])
      : seen.find(({ project }) => project === named);
  if (meant) return meant;
  const others = seen.map(({ project }) => project);
  throw new HarnessError("SANDBOX_GONE", {
    cause: named === undefined ? "No sandbox of this checkout is up" : `There is no sandbox ${named}`,
    hint: "pnpm sandbox up",
    ...(others.length > 0 && { details: [`Running: ${others.join(", ")} (choose one with --project)`] }),
  });
}
