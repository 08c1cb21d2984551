import type { Release } from "../control/settings.ts";
import { Trust } from "../head/trust.ts";
import { Roster } from "../roster.ts";
import { parseTarget } from "./target.ts";
import { Upstream } from "./upstream.ts";

/** Something under way between a client and a target. */
export interface InFlight {
  /** A websocket, or anything else that was upgraded, outlives its request. */
  readonly kind: "request" | "websocket";
  /** Its place among what is under way on its group; -1 before and after. */
  place: number;
  /** End it now, visibly: nobody may take what was cut for complete. */
  cut(): void;
}

/** Told when something on a group has ended. */
export type EndListener = (ended: InFlight, cut: boolean) => void;

/**
 * The targets of one release with what is under way on them. A group serves, or drains, or is
 * warm; it does not know which.
 */
export class TargetGroup {
  readonly release: Release;
  readonly upstreams: readonly Upstream[];
  readonly trust: Trust;
  readonly inFlight = new Roster<InFlight>();
  /** Who wants to hear of ends: the drain, while there is one. */
  onEnd: EndListener | null = null;
  #next = 0;

  constructor(release: Release) {
    this.release = release;
    this.trust = new Trust(release.options);
    this.upstreams = release.targets.map((target) => {
      const address = parseTarget(target);
      if (address === null) throw new Error(`${target} is not a target`);
      return new Upstream(address);
    });
  }

  /**
   * The target with the least requests in flight, of those that are well; equals take turns. When none
   * is well, any is as good as the next: the last one is never taken out.
   */
  pick(): Upstream {
    return this.#best(null) ?? this.#any();
  }

  /** Another target than one that could not be reached; null when there is none that is well. */
  pickOther(unreachable: Upstream): Upstream | null {
    return this.#best(unreachable);
  }

  #best(except: Upstream | null): Upstream | null {
    const { upstreams } = this;
    if (upstreams.length === 1) return except === null ? (upstreams[0] as Upstream) : null;
    this.#next = (this.#next + 1) % upstreams.length;
    let best: Upstream | null = null;
    for (let step = 0; step < upstreams.length; step += 1) {
      const upstream = upstreams[(this.#next + step) % upstreams.length] as Upstream;
      if (!upstream.health.taken || upstream === except) continue;
      if (best === null || upstream.inFlight < best.inFlight) best = upstream;
    }
    return best;
  }

  #any(): Upstream {
    return this.upstreams[this.#next % this.upstreams.length] as Upstream;
  }

  enter(entering: InFlight): void {
    this.inFlight.add(entering);
  }

  leave(leaving: InFlight, cut: boolean): void {
    if (this.inFlight.remove(leaving)) this.onEnd?.(leaving, cut);
  }

  /** How much is under way, by kind. */
  count(): { requests: number; websockets: number } {
    let websockets = 0;
    for (const { kind } of this.inFlight.all()) if (kind === "websocket") websockets += 1;
    return { requests: this.inFlight.size - websockets, websockets };
  }

  /** New requests are routed here. */
  open(): void {
    for (const upstream of this.upstreams) upstream.open();
  }

  /** Let go of connections that wait for a next request; those in use end with their request. */
  closeIdle(): void {
    for (const upstream of this.upstreams) upstream.closeIdle();
  }
}
