import { type ReplicaHealth, wellReplica } from "../gate/replica.ts";
import { type ConnectionKeeper, UpstreamConnection } from "./connection.ts";
import { longestIdleMs, usableIdleMs } from "./reuse.ts";
import type { Address } from "./target.ts";

/**
 * How many connections to one target are being made at a time. After a switch every request needs one that is
 * not there yet; made all at once they hold up everything else for as long as that takes, 0.2 ms each. Those
 * made first carry the next requests before all have been made.
 */
const mostConnecting = 8;
/** How many connections of a target that drains are closed at a time, for the same reason. */
const mostClosing = 8;

/** A request that waits for a connection. */
export interface ConnectionSeeker {
  onConnection(connection: UpstreamConnection): void;
}

/** One target, with the connections to it that wait for a next request, and the requests that wait for one. */
export class Upstream implements ConnectionKeeper {
  readonly address: Address;
  /** Its `host:port`, as a Host field has it. */
  readonly name: string;
  /** What its probes showed since the switch, where there are others beside it. */
  health: ReplicaHealth = wellReplica;
  /** Requests under way on it. */
  inFlight = 0;
  /** Whether connections are kept; those of a target that drains are not. */
  #keeps = true;
  /** The last one used is at the end, and is used next, so that those not needed grow old. */
  #idle: UpstreamConnection[] = [];
  /** In the order they came. */
  readonly #seekers: ConnectionSeeker[] = [];
  #connecting = 0;

  constructor(address: Address) {
    this.address = address;
    const host = address.host.includes(":") ? `[${address.host}]` : address.host;
    this.name = `${host}:${address.port}`;
  }

  /**
   * A connection that waits, if there is one that may be used for this request.
   *
   * @param now in the sweeper's time
   */
  takeIdle(mayBeSentAgain: boolean, now: number): UpstreamConnection | null {
    for (;;) {
      const connection = this.#idle.at(-1);
      if (connection === undefined) return null;
      const idleMs = now - connection.idleSince;
      if (!connection.isDead && idleMs <= usableIdleMs(mayBeSentAgain, connection.keptMs)) {
        this.#idle.pop();
        return connection;
      }
      // All below it have been idle for longer. Those that are dead for everyone are let go of.
      if (!connection.isDead && idleMs <= usableIdleMs(true, connection.keptMs)) return null;
      this.#idle.pop();
      connection.destroy();
    }
  }

  /**
   * A connection for a request; or null, and then it is given one as soon as there is one.
   *
   * @param now in the sweeper's time
   */
  seek(seeker: ConnectionSeeker, mayBeSentAgain: boolean, now: number): UpstreamConnection | null {
    const idle = this.takeIdle(mayBeSentAgain, now);
    if (idle !== null || this.#connecting < mostConnecting) return idle ?? this.connect();
    this.#seekers.push(seeker);
    return null;
  }

  /** It wants none any more. */
  forgetSeeker(seeker: ConnectionSeeker): void {
    const index = this.#seekers.indexOf(seeker);
    if (index !== -1) this.#seekers.splice(index, 1);
  }

  connect(): UpstreamConnection {
    this.#connecting += 1;
    return new UpstreamConnection(this.address, this);
  }

  onSettled(): void {
    this.#connecting -= 1;
    if (this.#connecting >= mostConnecting) return;
    const seeker = this.#seekers.shift();
    if (seeker !== undefined) seeker.onConnection(this.connect());
  }

  /** Takes back a connection whose answer is complete. */
  giveBack(connection: UpstreamConnection, now: number): void {
    connection.user = null;
    if (this.#seekers.length > 0 && !connection.isDead && usableIdleMs(true, connection.keptMs) >= 0) {
      this.#seekers.shift()?.onConnection(connection);
      return;
    }
    if (!this.#keeps || connection.isDead) {
      connection.destroy();
      return;
    }
    connection.idleSince = now;
    this.#idle.push(connection);
    this.#dropOld(now);
  }

  /** Requests are routed here. */
  open(): void {
    this.#keeps = true;
  }

  /** No more requests are routed here: connections end with the requests they carry. */
  closeIdle(): void {
    this.#keeps = false;
    const idle = this.#idle;
    this.#idle = [];
    closeInTurns(idle);
  }

  /** The oldest are at the front. */
  #dropOld(now: number): void {
    while (this.#idle.length > 0 && now - (this.#idle[0] as UpstreamConnection).idleSince > longestIdleMs) {
      this.#idle.shift()?.destroy();
    }
  }

  onIdleEnd(connection: UpstreamConnection): void {
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    connection.destroy();
  }
}

function closeInTurns(connections: UpstreamConnection[]): void {
  for (const connection of connections.splice(-mostClosing)) connection.destroy();
  if (connections.length > 0) setImmediate(closeInTurns, connections);
}
