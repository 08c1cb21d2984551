import type { Clock, Timer } from "../../clock.ts";
import type { Log } from "../../log/log.ts";
import type { CertificatePair } from "../pair.ts";
import { type CertificateFiles, validityOf } from "./certificate-files.ts";
import type { Issuer } from "./issuer.ts";
import { renewAt, retryAfterMs } from "./renewal.ts";
import type { ChallengeType } from "./settings.ts";

/** What a keeper works with. */
export interface KeeperEdge {
  files: Pick<CertificateFiles, "read" | "write" | "claim">;
  issuer: Issuer;
  /** Tried in turn: the next one after each failure. */
  challenges: readonly [ChallengeType, ...ChallengeType[]];
  /** Puts a certificate to use; what a host had before is used until then. */
  install(host: string, pair: CertificatePair): void;
  clock: Clock;
  /** From 0 to below 1. */
  random(): number;
  log: Log;
}

/** Timers hold no more than 24 days, and a laptop that slept has missed hours: so look again this often. */
const longestWaitMs = 3_600_000;
/** Orders under way at once. */
const mostOrders = 4;
/** With a clock that is wrong by weeks every certificate is due at once: then the server is asked this seldom. */
const soonestMs = 3_600_000;
/** How soon to look again where another proxy on the same folder is ordering. */
const claimedMs = 20_000;

/** A host and how things stand with its certificate. */
interface Held {
  host: string;
  /** Wall time at which something is to be done. */
  dueAt: number;
  failures: number;
  /** The order under way. */
  order: Promise<void> | null;
  /** Whether a service names it, rather than a client. */
  listed: boolean;
}

/** Sees to it that every host it is told of has a certificate, and a newer one in time. */
export class CertificateKeeper {
  readonly #edge: KeeperEdge;
  readonly #held = new Map<string, Held>();
  /** What gives back the right to order, by the host of an order under way. */
  readonly #claims = new Map<string, () => Promise<void>>();
  #timer: Timer | null = null;
  #stopped = false;

  constructor(edge: KeeperEdge) {
    this.#edge = edge;
  }

  /** Takes these hosts in its care, and no longer those listed before. Certificates stay on disk. */
  list(hosts: Iterable<string>): void {
    const listed = new Set(hosts);
    for (const held of this.#held.values()) {
      if (held.listed && !listed.has(held.host)) this.#held.delete(held.host);
    }
    for (const host of listed) this.#hold(host).listed = true;
    this.#look();
  }

  has(host: string): boolean {
    return this.#held.has(host);
  }

  /** Takes one more host in its care, if it hasn't yet; settles when what is under way for it has ended. */
  async add(host: string): Promise<void> {
    const held = this.#hold(host);
    this.#look();
    await held.order;
  }

  /** Ends its care. What it was about to order is left at once to whoever comes after it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#held.clear();
    await Promise.all([...this.#claims.keys()].map((host) => this.#giveBack(host)));
  }

  async #giveBack(host: string): Promise<void> {
    const release = this.#claims.get(host);
    this.#claims.delete(host);
    await release?.();
  }

  #hold(host: string): Held {
    let held = this.#held.get(host);
    if (held === undefined) {
      held = { host, dueAt: this.#edge.clock.now(), failures: 0, order: null, listed: false };
      this.#held.set(host, held);
    }
    return held;
  }

  /** Begins what is due, and comes back when the next thing is. */
  #look(): void {
    if (this.#stopped) return;
    const now = this.#edge.clock.now();
    let underWay = [...this.#held.values()].filter(({ order }) => order !== null).length;
    let next = now + longestWaitMs;
    for (const held of this.#held.values()) {
      if (held.order !== null) continue;
      if (held.dueAt > now) next = Math.min(next, held.dueAt);
      else if (underWay < mostOrders) {
        underWay += 1;
        held.order = this.#see(held).finally(() => {
          held.order = null;
          this.#look();
        });
      }
    }
    this.#timer?.cancel();
    this.#timer = this.#edge.clock.after(next - now, () => this.#look());
  }

  async #see(held: Held): Promise<void> {
    const { clock, log } = this.#edge;
    try {
      if (await this.#useKept(held)) return;
      await this.#order(held);
    } catch (error) {
      held.failures += 1;
      held.dueAt = clock.now() + retryAfterMs(held.failures, this.#edge.random());
      log("certificate.failed", {
        host: held.host,
        problem: (error as Error).message,
        failures: held.failures,
        againAt: new Date(held.dueAt).toISOString(),
      });
    }
  }

  /** Uses what is on disk, which another proxy may have got. @returns whether it is good for a while */
  async #useKept(held: Held): Promise<boolean> {
    const kept = await this.#edge.files.read(held.host);
    const now = this.#edge.clock.now();
    const validity = kept === null ? null : validityOf(kept.certificate);
    if (kept === null || validity === null || validity.to <= now) return false;
    this.#install(held, kept);
    return held.dueAt > now;
  }

  async #order(held: Held): Promise<void> {
    const { files, issuer, challenges, clock, log } = this.#edge;
    const release = await files.claim(held.host, clock.now());
    if (release === null) {
      held.dueAt = clock.now() + claimedMs;
      return;
    }
    this.#claims.set(held.host, release);
    if (this.#stopped) return this.#giveBack(held.host);
    try {
      const challenge = challenges[held.failures % challenges.length] ?? challenges[0];
      const pair = await issuer.issue(held.host, challenge);
      await files.write(held.host, pair);
      held.failures = 0;
      this.#install(held, pair);
      held.dueAt = Math.max(held.dueAt, clock.now() + soonestMs);
      log("certificate.obtained", { host: held.host, renewAt: new Date(held.dueAt).toISOString() });
    } finally {
      await this.#giveBack(held.host);
    }
  }

  #install(held: Held, pair: CertificatePair): void {
    const validity = validityOf(pair.certificate);
    if (validity === null) throw new Error("the certificate that came can't be read");
    this.#edge.install(held.host, pair);
    held.dueAt = renewAt(validity, this.#edge.random());
  }
}
