import type Dockerode from "dockerode";

/** How a command ended on a machine of the sandbox. */
export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** Both streams in the order in which they arrived, for messages and matching. */
  output: string;
}

/** What a command is given. */
export interface RunOptions {
  /** Absolute path on the machine. Each machine has a default. */
  cwd?: string;
  /** Added to the machine's own environment. */
  env?: Record<string, string>;
  /** Written to standard input, which is then closed. Without it standard input is empty. */
  input?: string;
  /** After this many milliseconds the command gets SIGTERM, five seconds later SIGKILL, and ends with 124. */
  timeoutMs?: number;
  /** Takes the output as it arrives. */
  onOutput?: (text: string, stream: "stdout" | "stderr") => void;
}

/** A container of the sandbox that acts as a machine: something with a shell and files. */
export interface Machine {
  /** As the other machines know it: `deployer`, `vm1`, … */
  readonly name: string;
  /** The container on the outer engine. */
  readonly container: string;
  /** The engine that the container is on: with it the machine itself can be stopped, frozen or killed. */
  readonly outer: Dockerode;
  /**
   * Runs a line of bash as root and waits for its end. A command that fails is an answer like any
   * other, not an exception.
   *
   * @throws HarnessError `SANDBOX_GONE` when the machine is not running.
   */
  run(command: string, options?: RunOptions): Promise<Ran>;
  /** Writes a file, making its folder. `path` is absolute, or relative to the machine's default folder. */
  write(path: string, text: string): Promise<void>;
}
