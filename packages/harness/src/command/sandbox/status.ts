import { checkout } from "../../checkout.ts";
import { dockerAt } from "../../engine/ask.ts";
import { findEngine } from "../../engine/ensure-engine.ts";
import { stateOfOwner } from "../../owner/this-process.ts";
import { PARTS } from "../../sandbox/sandbox.ts";
import { type SeenSandbox, surveySandboxes } from "../../sandbox/survey.ts";
import { type SandboxCommand, say } from "./context.ts";

/** Says which sandboxes there are on the engine, whose they are, and how their machines do. */
export async function status({ project, signal }: SandboxCommand): Promise<number> {
  const engine = await findEngine({ env: process.env, say, signal });
  if (!engine) {
    console.log("No Docker engine answers, so no sandbox is up.");
    return 0;
  }
  try {
    const seen = await surveySandboxes(dockerAt(engine.dockerHost));
    const asked = project === undefined ? seen : seen.filter((sandbox) => sandbox.project === project);
    if (asked.length === 0) console.log("No sandbox is up. Start one with `pnpm sandbox up`.");
    for (const sandbox of asked) {
      console.log(`${sandbox.project}: ${whose(sandbox)}`);
      for (const part of PARTS) {
        console.log(`  ${part.padEnd(14)} ${sandbox.parts[part]?.status ?? "missing"}`);
      }
    }
    return 0;
  } finally {
    await engine.release();
  }
}

function whose(sandbox: SeenSandbox): string {
  const where =
    sandbox.checkout === checkout ? "of this checkout" : `of ${sandbox.checkout || "docker compose"}`;
  if (sandbox.owner === "") return `${where}, kept until it is taken down`;
  switch (stateOfOwner(sandbox.owner)) {
    case "alive":
      return `${where}, belongs to a process that runs`;
    case "dead":
      return `${where}, left by a process that was killed; the next start removes it`;
    default:
      return `${where}, belongs to a process on another machine`;
  }
}
