import { DeployError } from "../errors/index.ts";
import { hostFailure } from "./failure.ts";
import type { Host } from "./host.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** What a line does when its connection drops. */
export interface LineCare {
  /**
   * Connects anew, and gets ready what others rely on.
   *
   * @param signal aborted when nobody needs the connection any more
   * @throws DeployError HOST_UNREACHABLE, LOCK_LOST and the like
   */
  reopen(name: string, signal: AbortSignal): Promise<Host>;
  /** Told when there is no getting it back. */
  givenUp(name: string): void;
  /** How long after a call failed for want of a connection the connection's end may become known, in milliseconds. */
  endKnownWithinMs?: number;
}

/** Ample for an end that is on its way, and little beside what a new connection takes. */
const END_KNOWN_WITHIN_MS = 1_000;
/** An engine that was restarted is waited for. One that ends whenever it is asked the same is not. */
const RESTARTS_SAT_OUT = 2;

/**
 * The way to one host through a whole command: the connection we have, and another as soon as it
 * drops, also while nothing is asked of the host: its lock has to be renewed.
 */
export class Line {
  #current: Host;
  readonly #care: LineCare;
  readonly #closed = new AbortController();
  #again: Promise<Host> | null = null;

  constructor(host: Host, care: LineCare) {
    this.#current = host;
    this.#care = care;
    this.#watch(host);
  }

  get host(): Host {
    return this.#current;
  }

  /**
   * Does something with the connection, and again with the next one where it drops meanwhile, or where
   * the engine at its end was restarted. So it must be safe to ask twice, or look first.
   *
   * @throws DeployError HOST_UNREACHABLE, or DOCKER_UNAVAILABLE, when there is no getting it back
   */
  async use<T>(work: (host: Host) => Promise<T>): Promise<T> {
    for (let restarts = 0; ; ) {
      const host = this.#current;
      try {
        // What was asked over a dead connection may never be answered.
        return await unlessAborted(host.lost, () => work(host));
      } catch (error) {
        if (!(await wasTheConnection(host, error, this.#care.endKnownWithinMs))) {
          restarts += 1;
          if (restarts > RESTARTS_SAT_OUT || !(await wasTheEngine(host, error))) throw error;
          host.breakOff(`Docker on ${host.name} stopped answering`);
        }
      }
      await this.#restored(host);
    }
  }

  close(): void {
    this.#closed.abort(new Error("closed"));
    this.#current.close();
  }

  #watch(host: Host): void {
    const drop = () => void this.#restored(host).catch(() => this.#care.givenUp(host.name));
    if (host.lost.aborted) drop();
    else host.lost.addEventListener("abort", drop, { once: true });
  }

  /** One new connection for all who miss the same one. Once it could not be had it is not tried again. */
  #restored(lost: Host): Promise<Host> {
    if (this.#current !== lost) return Promise.resolve(this.#current);
    this.#again ??= this.#open(lost);
    return this.#again;
  }

  async #open(lost: Host): Promise<Host> {
    lost.close();
    const host = await this.#care.reopen(lost.name, this.#closed.signal).catch((error: unknown) => {
      throw error instanceof DeployError ? error : hostFailure(lost.name, "connect again", error);
    });
    this.#current = host;
    this.#again = null;
    if (this.#closed.signal.aborted) host.close();
    else this.#watch(host);
    return host;
  }
}

/** Whether a call failed since the engine ended, while the connection to its host is as it was. */
async function wasTheEngine(host: Host, error: unknown): Promise<boolean> {
  if (!ENDS.has(hostFailure(host.name, "", error).code)) return false;
  return !(await host.dockerAnswers());
}

/** What a call fails with whose other end is no more. */
const ENDS: ReadonlySet<string> = new Set(["HOST_UNREACHABLE", "DOCKER_UNAVAILABLE"]);

/** A call can fail a moment before the end of the connection under it is known. */
async function wasTheConnection(
  host: Host,
  error: unknown,
  withinMs = END_KNOWN_WITHIN_MS,
): Promise<boolean> {
  if (host.lost.aborted) return true;
  if (hostFailure(host.name, "", error).code !== "HOST_UNREACHABLE") return false;
  const known = AbortSignal.any([host.lost, AbortSignal.timeout(withinMs)]);
  await new Promise((resolve) => known.addEventListener("abort", resolve, { once: true }));
  return host.lost.aborted;
}
