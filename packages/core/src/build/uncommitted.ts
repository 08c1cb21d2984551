import type { CommandContext } from "../commands/context.ts";

/** Paths with changes that are not committed, and whether they are built. */
export interface Uncommitted {
  paths: readonly string[];
  built: boolean;
}

/** Says which of the two the user may not expect: that changes are left out, or that they are in. */
export function warnOfUncommitted(
  { events, clock }: Pick<CommandContext, "events" | "clock">,
  { paths, built }: Uncommitted,
): void {
  const [first, ...more] = paths;
  if (first === undefined) return;
  const which = more.length === 0 ? first : `${first} and ${more.length} more`;
  events({
    at: clock.now(),
    type: "warning",
    host: null,
    ...(built
      ? { message: `uncommitted changes are in the build: ${which}` }
      : {
          message: `uncommitted changes are not in the build: ${which}`,
          hint: "git commit them to deploy them",
        }),
  });
}
