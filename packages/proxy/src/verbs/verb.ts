import type { Clock } from "../clock.ts";
import type { Verb } from "../control/protocol.ts";
import type { Probe } from "../gate/probe.ts";
import type { Log } from "../log/log.ts";
import type { SavedState } from "../state/saved.ts";
import type { Registry } from "../switch/registry.ts";
import type { Turns } from "../turns.ts";

/** What the verbs work on. */
export interface ProxyContext {
  registry: Registry;
  /** Settles once a crash can't lose what was given. */
  save(state: SavedState): Promise<void>;
  /** Changes of what is served are made one after another. */
  turns: Turns;
  clock: Clock;
  probe: Probe;
  log: Log;
  /** Null where nothing supervises this process. */
  replace: ReplaceProgram | null;
  /** Whether another process is taking over, so that nothing may be changed here. */
  readonly handedOver: boolean;
}

/**
 * Has another worker take this one's place. Settles when it serves.
 *
 * @param folder of the program; null for the one that would boot
 */
export type ReplaceProgram = (folder: string | null) => Promise<void>;

/** One verb of the protocol: whether it changes anything, and how it is carried out. */
export interface VerbHandler {
  verb: Verb;
  /** A change has a fencing number, and is carried out once for each request id. */
  changes: boolean;
  /** Whether its answer is kept on disk with the change itself. */
  keepsAnswer: boolean;
  /**
   * @param params as they came
   * @param id of the request
   * @throws ControlRefusal
   */
  run(params: unknown, id: string, context: ProxyContext): Promise<unknown>;
}
