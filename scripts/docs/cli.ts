import { program, withSubcommands } from "../../packages/cli/src/program.ts";
import { ownSurroundings } from "../../packages/cli/src/surroundings.ts";

type Command = ReturnType<typeof program>;

/** The text of `docs/cli.md`: the help of every verb, as the terminal shows it. */
export function cliPage(): string {
  const deploy = program(async () => {}, ownSurroundings());
  const verbs = withSubcommands(deploy).filter((command) => command !== deploy);
  for (const command of [deploy, ...verbs]) command.configureHelp({ helpWidth: 100 });
  return `# The command line

This page is the commands' own help, made by \`pnpm generate\`.

- \`deploy\` alone deploys the app in this folder; \`deploy deploy\` is the same. A word that is no verb is
  refused, and never taken for a deploy. \`cutover\` is the same command under a name of its own.
- \`-h\` with a value names hosts, as in Kamal; without one it asks for help.
- Option names may be written with dashes or underscores: \`--skip-push\`, \`--skip_push\`.
- Options of ours are found anywhere before \`--\`. What follows \`--\` is left alone, which matters to
  \`deploy app exec -- ls -v\`.
- Colour follows \`--color\`, then \`NO_COLOR\`, then whether a terminal is looking.
- Results and progress go to standard output, failures to standard error. With \`--json\` every event is a
  line of JSON on standard output and nothing else is written there; a command that answers something
  ends with a line of type \`result\`. [schema/events.schema.json](../schema/events.schema.json) says what
  a line can be; a later version may add fields.
- A word that is no verb can be an alias of the configuration (\`aliases\`): it stands for its line, and what
  is typed after it is added. A verb is never an alias.
- \`deploy install-kamal-shim\` puts a \`kamal\` on the PATH that is this command, so that hooks and scripts
  which call \`kamal\` work as they are. Removing the file undoes it.
- What it exits with is told in [errors.md](errors.md).

${[deploy, ...verbs].map(section).join("\n\n")}
`;
}

function section(command: Command): string {
  const name = pathOf(command);
  // Help of a verb repeats the options that every verb takes; they are told once, at the top.
  const help = command.helpInformation().split("\nGlobal Options:")[0] ?? "";
  return `## ${name}\n\n\`\`\`\n${help.trim()}\n\`\`\``;
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
