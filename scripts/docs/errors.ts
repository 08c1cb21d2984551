import { catalogue } from "../../packages/core/src/errors/catalogue.ts";
import type { LeftState } from "../../packages/core/src/errors/deploy-error.ts";

/** What is left, for somebody who reads about an error rather than meeting one. */
const states: Record<LeftState, string> = {
  unchanged: "nothing on any host was changed",
  "not-switched": "hosts were prepared, and what served before serves still",
  switched: "the new release serves on every host",
  reverted: "some hosts had switched and were put back; what served before serves again",
  split: "hosts serve different releases; the error names each",
};

/** The text of `docs/errors.md`. */
export function errorsPage(): string {
  const byExitCode = Object.entries(catalogue).toSorted(([, a], [, b]) => a.exitCode - b.exitCode);
  return `# Errors

Every failure has a code that stays the same, an exit code that scripts can act upon, and says on which
host and in which step it happened, why, what state was left behind, and what to do next. With \`--json\`
the same facts are an event of type \`error\`.

This page is made from the catalogue in \`packages/core/src/errors/catalogue.ts\` by \`pnpm generate\`.

## The state left behind

| state | means |
|---|---|
${Object.entries(states)
  .map(([state, means]) => `| \`${state}\` | ${means} |`)
  .join("\n")}

## Exit codes

\`0\` means that every host serves the new release and that everything that belongs to the command was done.

| exit code | error | means |
|---|---|---|
${byExitCode
  .map(
    ([code, { exitCode, meaning }]) => `| ${exitCode} | [\`${code}\`](#${code.toLowerCase()}) | ${meaning} |`,
  )
  .join("\n")}

\`deploy app exec\` ends with the exit code of the command it ran, \`deploy details\` with 20 when a host could not
be looked at; what the others run is shown all the same.

${byExitCode.map(([code, entry]) => section(code, entry)).join("\n\n")}
`;
}

function section(code: string, entry: (typeof catalogue)[keyof typeof catalogue]): string {
  const left = entry.leaves.length === 0 ? "no host was spoken to" : entry.leaves.join(", ");
  return `## ${code}

Exit code ${entry.exitCode}. ${entry.meaning}

- State left: ${left}.
- What to do: ${entry.remedy}`;
}
