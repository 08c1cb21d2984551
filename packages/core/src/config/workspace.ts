/** How a program ended. */
export interface ProgramResult {
  /** Null when a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Variables by name, as of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a path leads to. */
export interface Found {
  kind: "file" | "directory";
  /** By us. */
  readable: boolean;
  executable: boolean;
}

/** What loading a configuration may touch on the machine it runs on. Paths are absolute. */
export interface Workspace {
  /** The project's folder. */
  cwd: string;
  env: Environment;
  /** This machine's, for a Kamal 1 file that builds for "here". */
  architecture: "amd64" | "arm64";
  /** The text of a file, or null where there is none. */
  readFile(path: string): Promise<string | null>;
  /** The names of what lies in a folder; none where there is no folder. */
  list(folder: string): Promise<string[]>;
  /** What kind of thing a path is; null where there is nothing. */
  look(path: string): Promise<Found | null>;
  /**
   * Runs a program with data on its standard input, and waits for its end.
   *
   * @returns null where there is no such program on the PATH
   */
  run(program: string, args: string[], options: RunOptions): Promise<ProgramResult | null>;
}

export interface RunOptions {
  cwd: string;
  env: Environment;
  stdin: string;
}
