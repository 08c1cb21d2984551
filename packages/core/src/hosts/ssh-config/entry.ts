/** What stands in an ssh_config file, in its order. Included files stand where they were included. */
export type SshConfigEntry =
  /** `keyword` in lower case, the value as written without its quotes. */
  | { kind: "setting"; keyword: string; value: string }
  | { kind: "host"; patterns: string[]; entries: SshConfigEntry[] }
  /** `written` is the whole line, for messages. */
  | { kind: "match"; criteria: Criterion[]; written: string; entries: SshConfigEntry[] }
  /** Another file's entries. */
  | { kind: "included"; entries: SshConfigEntry[] };

/** One condition of a `Match` line: `host *.example.com`, `all`. */
interface Criterion {
  name: string;
  value: string;
}
