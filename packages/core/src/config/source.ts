/** Where in which file a value was written. Line and column count from 1. */
export interface Source {
  file: string;
  line: number;
  column: number;
}
