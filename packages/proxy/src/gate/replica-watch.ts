import type { Clock, Timer } from "../clock.ts";
import type { Log } from "../log/log.ts";
import type { Registry } from "../switch/registry.ts";
import type { TargetGroup } from "../upstream/group.ts";
import type { Upstream } from "../upstream/upstream.ts";
import type { Probe } from "./probe.ts";
import { replicaAfter } from "./replica.ts";

/** Between two rounds of probes, in milliseconds. */
const roundMs = 1_000;

/**
 * Goes on probing targets after the switch where a service has several, so that one that fails gets
 * no requests until it passes again. A service with one target is left alone: there is nowhere else
 * to send its requests.
 */
export class ReplicaWatch {
  readonly #registry: Registry;
  readonly #probe: Probe;
  readonly #clock: Clock;
  readonly #log: Log;
  #timer: Timer;

  constructor(registry: Registry, edge: { probe: Probe; clock: Clock; log: Log }) {
    this.#registry = registry;
    this.#probe = edge.probe;
    this.#clock = edge.clock;
    this.#log = edge.log;
    this.#timer = edge.clock.after(roundMs, () => void this.#round());
  }

  stop(): void {
    this.#timer.cancel();
  }

  async #round(): Promise<void> {
    const groups = [...this.#registry.services.values()].flatMap(({ active }) => active ?? []);
    const several = groups.filter(({ upstreams }) => upstreams.length > 1);
    await Promise.all(several.flatMap((group) => group.upstreams.map((one) => this.#ask(group, one))));
    this.#timer = this.#clock.after(roundMs, () => void this.#round());
  }

  async #ask(group: TargetGroup, upstream: Upstream): Promise<void> {
    const { health } = group.release;
    const before = upstream.health;
    const finding = await this.#probe(upstream.name, health, health.timeoutMs);
    upstream.health = replicaAfter(before, finding === "passed");
    if (before.taken === upstream.health.taken) return;
    const event = upstream.health.taken ? "replica.back" : "replica.out";
    this.#log(event, { candidate: group.release.candidate, target: upstream.name, finding });
  }
}
