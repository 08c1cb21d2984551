/** Where in which file a value was written. Line and column count from 1. */
export interface Source {
  file: string;
  line: number;
  column: number;
}

/** The place of every value of a configuration, by path such as `servers.web.hosts.0`. */
export type Sources = ReadonlyMap<string, Source>;
