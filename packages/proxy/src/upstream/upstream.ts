import { type ReplicaHealth, wellReplica } from "../gate/replica.ts";
import { UpstreamConnection } from "./connection.ts";
import { longestIdleMs, usableIdleMs } from "./reuse.ts";
import type { Address } from "./target.ts";

/** One target, with the connections to it that wait for a next request. */
export class Upstream {
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
  readonly #forget = (connection: UpstreamConnection) => this.#remove(connection);

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

  connect(): UpstreamConnection {
    return new UpstreamConnection(this.address, this.#forget);
  }

  /** Takes back a connection whose answer is complete. */
  giveBack(connection: UpstreamConnection, now: number): void {
    connection.user = null;
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
    for (const connection of idle) connection.destroy();
  }

  /** The oldest are at the front. */
  #dropOld(now: number): void {
    while (this.#idle.length > 0 && now - (this.#idle[0] as UpstreamConnection).idleSince > longestIdleMs) {
      this.#idle.shift()?.destroy();
    }
  }

  #remove(connection: UpstreamConnection): void {
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    connection.destroy();
  }
}
