import { writeCopy, writeHeadAndBody } from "../body/write.ts";
import { type RequestOrigin, requestHeadForTarget } from "../head/request.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import type { TargetGroup } from "../upstream/group.ts";
import { isIdempotent, maySendAgain } from "../upstream/reuse.ts";
import type { ConnectionSeeker, Upstream } from "../upstream/upstream.ts";
import type { UpstreamUser } from "../upstream/user.ts";

/** A body that was sent is kept for sending it again up to this many bytes. */
const keptBody = 65_536;

/**
 * A request on its way to a target: which one, over which connection, and what is at hand to send it
 * again, once, when the connection turns out to be closed.
 */
export class Sending implements ConnectionSeeker {
  readonly #user: UpstreamUser;
  readonly #group: TargetGroup;
  readonly #head: RequestHead;
  readonly #path: string;
  #upstream: Upstream;
  #connection: UpstreamConnection | null = null;
  /** What was sent of the body, while all of it is at hand. */
  #sentBody: Buffer | null = null;
  /** Writes so far; the first holds the head and what was at hand of the body. */
  #writes = 0;
  #again = false;
  /** Set while it waits for a connection. */
  #waitingOrigin: RequestOrigin | null = null;

  /** @param path what is asked for, once a prefix has been stripped */
  constructor(user: UpstreamUser, group: TargetGroup, head: RequestHead, path: string) {
    this.#user = user;
    this.#group = group;
    this.#head = head;
    this.#path = path;
    this.#upstream = group.pick();
    this.#upstream.inFlight += 1;
  }

  /** Null before it is sent, while it waits for a connection, and once it is over. */
  get connection(): UpstreamConnection | null {
    return this.#connection;
  }

  /** The target's `host:port`. */
  get target(): string {
    return this.#upstream.name;
  }

  /**
   * Sends the head, with what is at hand of the body.
   *
   * @param now in the sweeper's time
   * @returns false when the connection holds more than it wants to
   */
  first(body: Buffer, bodyIsWhole: boolean, origin: RequestOrigin, now: number): boolean {
    this.#sentBody = body;
    const mayBeSentAgain = isIdempotent(this.#head.method) && bodyIsWhole;
    if (!bodyIsWhole) {
      // Its client sends on meanwhile, and that has to have somewhere to go.
      return this.#sendOver(this.#upstream.takeIdle(false, now) ?? this.#upstream.connect(), origin);
    }
    const connection = this.#upstream.seek(this, mayBeSentAgain, now);
    if (connection !== null) return this.#sendOver(connection, origin);
    this.#waitingOrigin = origin;
    return true;
  }

  onConnection(connection: UpstreamConnection): void {
    const origin = this.#waitingOrigin as RequestOrigin;
    this.#waitingOrigin = null;
    this.#sendOver(connection, origin);
  }

  /** Sends more of the body. Gives false when the connection holds more than it wants to. */
  more(part: Buffer): boolean {
    if (this.#sentBody !== null) {
      const fits = this.#sentBody.length + part.length <= keptBody;
      this.#sentBody = fits ? Buffer.concat([this.#sentBody, part]) : null;
    }
    this.#writes += 1;
    return writeCopy((this.#connection as UpstreamConnection).socket, part);
  }

  /** Tries again after the connection was lost, where that can do no harm. Gives whether it does. */
  again(lost: UpstreamConnection, error: NodeJS.ErrnoException | null, origin: RequestOrigin): boolean {
    if (!this.#turnsElsewhere(lost) && !this.#maySendAgain(lost, error)) return false;
    this.#again = true;
    this.#sendOver(this.#upstream.connect(), origin);
    return true;
  }

  /**
   * The answer is whole, and the connection may carry another request.
   *
   * @param keptMs for how long the target keeps it idle
   */
  giveBack(keptMs: number, now: number): void {
    const connection = this.lose();
    if (connection === null) return;
    connection.keptMs = keptMs;
    connection.socket.resume();
    this.#upstream.giveBack(connection, now);
  }

  /** Gives the connection up politely: what still comes over it is read and dropped. */
  release(): void {
    this.#connection?.release();
    this.#connection = null;
  }

  destroy(): void {
    this.#connection?.destroy();
    this.#connection = null;
  }

  /** The connection ended by itself; gives which it was. */
  lose(): UpstreamConnection | null {
    const connection = this.#connection;
    this.#connection = null;
    return connection;
  }

  /** The request has ended, one way or another. */
  end(): void {
    if (this.#waitingOrigin !== null) this.#upstream.forgetSeeker(this);
    this.#upstream.inFlight -= 1;
  }

  #sendOver(connection: UpstreamConnection, origin: RequestOrigin): boolean {
    connection.use(this.#user);
    connection.reader.expect(this.#head.method);
    this.#connection = connection;
    this.#writes = 1;
    const upgrade = this.#head.upgrade === "websocket" ? "websocket" : null;
    const head = requestHeadForTarget(this.#head, this.#path, origin, this.#upstream.name, upgrade);
    return writeHeadAndBody(connection.socket, head, this.#sentBody);
  }

  #maySendAgain(lost: UpstreamConnection, error: NodeJS.ErrnoException | null): boolean {
    return maySendAgain({
      method: this.#head.method,
      reused: lost.uses > 1,
      // The system takes no byte of a write that it refuses.
      written: !(error?.code === "EPIPE" && this.#writes === 1),
      bodyAtHand: this.#sentBody !== null,
      answered: lost.reader.partial,
      again: this.#again,
    });
  }

  /** Where the connection was never made no byte went out, so any request may go to another target. */
  #turnsElsewhere(lost: UpstreamConnection): boolean {
    if (lost.connected || this.#again || this.#sentBody === null) return false;
    const other = this.#group.pickOther(this.#upstream);
    if (other === null) return false;
    this.#upstream.inFlight -= 1;
    this.#upstream = other;
    other.inFlight += 1;
    return true;
  }
}
