import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What a proxy logs of itself. */
export type LogLine = { event: string } & Record<string, unknown>;

/** A Node process that writes JSON lines to its stdout, all of which are kept. */
export class LoggingProcess {
  readonly #child: ChildProcess;
  readonly lines: LogLine[] = [];
  /** Settles with the signal that ended it, once its last line is there. */
  readonly ended: Promise<NodeJS.Signals | null>;
  readonly #waiting = new Map<string, (line: LogLine) => void>();

  constructor(program: string, args: readonly string[]) {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child = child;
    this.ended = new Promise((resolve) => child.once("close", (_code, signal) => resolve(signal)));
    createInterface({ input: child.stdout }).on("line", (text) => this.#take(JSON.parse(text) as LogLine));
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /**
   * The next line that tells of an event.
   *
   * @throws ProxyDied when the process ends without it
   */
  next(event: string): Promise<LogLine> {
    const line = new Promise<LogLine>((resolve) => this.#waiting.set(event, resolve));
    const died = this.ended.then((signal) => {
      throw new ProxyDied(`it ended (${signal}) before ${event}`);
    });
    return Promise.race([line, died]);
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  #take(line: LogLine): void {
    this.lines.push(line);
    this.#waiting.get(line.event)?.(line);
    this.#waiting.delete(line.event);
  }
}

/** The proxy did not answer, because it is dead. */
export class ProxyDied extends Error {}
