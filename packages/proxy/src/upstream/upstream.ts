import { type ReplicaHealth, wellReplica } from "../gate/replica.ts";
import { closeInTurns } from "./close-in-turns.ts";
import { type ConnectionKeeper, UpstreamConnection } from "./connection.ts";
import { longestIdleMs, usableIdleMs } from "./reuse.ts";
import type { Address } from "./target.ts";

/**
 * How many connections to one target are begun in one turn of the event loop. After a switch every request needs
 * one that is not there yet; begun all at once they hold up everything else for as long as that takes, 0.2 ms each.
 */
const mostBegun = 4;
/**
 * How many while connections come back to those that wait: sixty clients are served as soon by a dozen of these.
 * One in a turn is for those who wait behind slow answers.
 */
const mostBegunBeside = 1;

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
  /** How many were begun in this turn of the event loop, and how many may be. */
  #begun = 0;
  #most = mostBegun;
  /** Whether one that waited has been given what another was done with, in this turn. */
  #cameBack = false;
  #turnIsAwaited = false;

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
    if (idle !== null || this.#begun < this.#most) return idle ?? this.#begin();
    this.#seekers.push(seeker);
    return null;
  }

  /** It wants none any more. */
  forgetSeeker(seeker: ConnectionSeeker): void {
    const index = this.#seekers.indexOf(seeker);
    if (index !== -1) this.#seekers.splice(index, 1);
  }

  /** A new one, at once. */
  connect(): UpstreamConnection {
    return new UpstreamConnection(this.address, this);
  }

  #begin(): UpstreamConnection {
    this.#begun += 1;
    if (!this.#turnIsAwaited) setImmediate(onTurn, this);
    this.#turnIsAwaited = true;
    return this.connect();
  }

  /** A turn of the event loop has passed since some were begun. */
  onTurn(): void {
    this.#turnIsAwaited = false;
    this.#begun = 0;
    this.#most = this.#cameBack ? mostBegunBeside : mostBegun;
    this.#cameBack = false;
    while (this.#seekers.length > 0 && this.#begun < this.#most) {
      this.#seekers.shift()?.onConnection(this.#begin());
    }
  }

  /** Takes back a connection whose answer is complete. */
  giveBack(connection: UpstreamConnection, now: number): void {
    connection.user = null;
    if (this.#seekers.length > 0 && !connection.isDead && usableIdleMs(true, connection.keptMs) >= 0) {
      this.#cameBack = true;
      this.#seekers.shift()?.onConnection(connection);
      return;
    }
    if (connection.isDead) {
      // Of a target that ends each of its connections they would pile up faster than they are closed in turns.
      connection.destroy();
      return;
    }
    if (!this.#keeps) {
      closeInTurns([connection]);
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

// Shared by all, so that a turn costs no closure.
function onTurn(upstream: Upstream): void {
  upstream.onTurn();
}
