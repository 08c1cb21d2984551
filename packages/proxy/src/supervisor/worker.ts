import type { RunningProxy } from "../proxy.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/**
 * A worker's side of the supervisor's talk: it serves when told to, hands over when told to, and
 * leaves when told to.
 */
export class SupervisedWorker {
  readonly #start: (alone: Promise<void>) => Promise<RunningProxy>;
  readonly #alone = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #proxy: RunningProxy | null = null;
  #asked: PromiseWithResolvers<void> | null = null;

  /** @param start brings the proxy up, from what is on disk at that moment; it changes nothing until `alone` */
  constructor(start: (alone: Promise<void>) => Promise<RunningProxy>) {
    this.#start = start;
  }

  /** Settles when the worker has left. */
  run(): Promise<void> {
    process.on("message", (message: ToWorker) => {
      this.#hear(message).catch((error: Error) => this.#ended.reject(error));
    });
    // Without a supervisor nobody would ever tell it to leave.
    process.on("disconnect", () => this.#ended.resolve());
    // Ctrl-C in a terminal reaches every process of its group; the supervisor alone acts on it.
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => {});
    say({ type: "ready" });
    return this.#ended.promise;
  }

  /**
   * Asks to be replaced. Settles when another worker serves.
   *
   * @throws Error saying why it was not
   */
  askForReplacement(folder: string | null): Promise<void> {
    this.#asked ??= Promise.withResolvers<void>();
    say({ type: "replace", folder });
    return this.#asked.promise;
  }

  async #hear(message: ToWorker): Promise<void> {
    switch (message.type) {
      case "serve":
        this.#proxy = await this.#start(this.#alone.promise);
        say({ type: "serving" });
        return;
      case "alone":
        this.#alone.resolve();
        return;
      case "hand-over":
        await this.#proxy?.handOver();
        say({ type: "handed-over" });
        return;
      case "replaced":
        if (message.failure === null) this.#asked?.resolve();
        else {
          this.#proxy?.takeBack();
          this.#asked?.reject(new Error(message.failure));
        }
        this.#asked = null;
        return;
      case "leave":
        // Whoever asked for the replacement is answered first.
        await new Promise((resolve) => setImmediate(resolve));
        if (message.atOnce) await this.#proxy?.close(message.limitMs);
        else await this.#proxy?.leave(message.limitMs);
        this.#ended.resolve();
    }
  }
}

function say(message: FromWorker): void {
  process.send?.(message);
}
