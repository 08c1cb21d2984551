/** Of the fields after the program's name, the first; `Z` and `X` are what is left of ended processes. */
const STATE = 0;

/** Field 22 of the whole line: when the process started, in ticks since the boot. */
const START = 19;

/**
 * When a process started, from the text of /proc/PID/stat.
 *
 * @returns null for one that has ended but was not yet buried: in a container whose first process
 *   buries nobody it stays in the list for ever.
 */
export function startInStat(stat: string): string | null {
  // The program's name, in brackets, may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields[STATE] ?? "";
  if (state === "Z" || state === "X") return null;
  return fields[START] ?? null;
}
