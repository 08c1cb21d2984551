import type { ProxyEvent } from "../control/protocol.ts";
import type { Log } from "./log.ts";

/** Hands each event on to whoever watches. */
export class EventHub {
  readonly #watchers = new Set<(event: ProxyEvent) => void>();

  /** @returns what ends the watching */
  watch(watcher: (event: ProxyEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  /** A log that writes as the given one does, and tells the watchers too. */
  over(log: Log, now: () => number): Log {
    return (event, facts) => {
      log(event, facts);
      for (const watcher of this.#watchers) watcher({ at: now(), event, ...facts });
    };
  }
}
