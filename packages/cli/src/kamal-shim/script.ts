/** By this line we know a `kamal` that is ours. */
const MARK = "Written by `deploy install-kamal-shim`";

/**
 * A program called `kamal` that is this command. Alone it shows help, as Kamal does, where ours
 * would deploy.
 *
 * @param program the file that starts this command; absolute
 */
export function shimScript(program: string): string {
  const quoted = `'${program.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh
# ${MARK}: calls of kamal, as hooks and scripts make them, go to Cutover.
# Remove this file to have Kamal's own again.
[ $# -eq 0 ] && set -- --help
exec ${quoted} "$@"
`;
}

/** Whether a file's text is one of ours. */
export function isShim(text: string): boolean {
  return text.includes(MARK);
}
