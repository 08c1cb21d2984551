import type { Clock } from "../clock.ts";
import { ControlRefusal } from "../control/refusal.ts";
import type { ServiceSettings } from "../control/settings.ts";
import { isSameClaim, type Route, RouteTable } from "../route/table.ts";
import type { SavedAnswer, SavedState } from "../state/saved.ts";
import { Service } from "./service.ts";
import { notServing, type Serving } from "./serving.ts";

/** How many answers of changes are kept for a client that asks again. */
const keptAnswers = 64;

type Claimed = readonly [Service, ServiceSettings];

/** Every service of this proxy, and the routes that lead to them. */
export class Registry {
  readonly services = new Map<string, Service>();
  /** The highest fencing number seen, for each service. */
  readonly fences: Map<string, number>;
  /** Told after each change of what services answer to. */
  onReroute: () => void = () => {};
  readonly #clock: Clock;
  #claims: readonly Claimed[];
  #routes: RouteTable<Service>;
  #answers: SavedAnswer[];

  constructor(saved: SavedState, clock: Clock) {
    this.#clock = clock;
    this.fences = new Map(Object.entries(saved.fences));
    this.#answers = [...saved.answers];
    for (const { serving, receipts } of saved.services) {
      this.services.set(serving.service, new Service(serving, clock, receipts));
    }
    this.#claims = this.#claimed();
    this.#routes = RouteTable.of(this.#claims);
  }

  /** Where a request goes; null when no service claims it. */
  route(authority: string, path: string): Route<Service> | null {
    return this.#routes.find(authority, path);
  }

  /** The service of that name, made when there is none. */
  service(name: string): Service {
    const known = this.services.get(name);
    if (known !== undefined) return known;
    const made = new Service(notServing(name), this.#clock);
    this.services.set(name, made);
    return made;
  }

  /** @throws ControlRefusal `unknown-service` */
  known(name: string): Service {
    const service = this.services.get(name);
    if (service !== undefined) return service;
    throw new ControlRefusal("unknown-service", `there is no service named ${name}`, "service");
  }

  /** @throws ControlRefusal `route-taken`, naming the owner */
  refuseTakenRoutes(service: Service, options: ServiceSettings): void {
    const conflict = this.#routes.conflictWith(service, options);
    if (conflict === null) return;
    const route = `${conflict.host || "every host that no service claims, under "}${conflict.prefix}`;
    const field = conflict.prefix === "/" ? "options.hosts" : "options.pathPrefixes";
    throw new ControlRefusal("route-taken", `${route} belongs to the service ${conflict.owner.name}`, field);
  }

  /** To be called after anything that changes what a service answers to. */
  reroute(): void {
    const claims = this.#claimed();
    // Most switches change no route, and a table of a thousand takes milliseconds.
    if (!sameClaims(claims, this.#claims)) this.#routes = RouteTable.of(claims);
    this.#claims = claims;
    this.onReroute();
  }

  forgetIfEmpty(service: Service): void {
    if (service.isEmpty && this.services.get(service.name) === service) this.services.delete(service.name);
  }

  /** The answer of a change that was carried out, also in an earlier life of this process. */
  answerTo(id: string): SavedAnswer | null {
    return this.#answers.find((answer) => answer.id === id) ?? null;
  }

  /** To be called once a snapshot with that answer has been written. */
  remember(answer: SavedAnswer): void {
    this.#answers = this.#withAnswer(answer);
  }

  /**
   * What is to be kept on disk.
   *
   * @param change what a service is about to become, null for one that is about to go, and what
   *   will be answered
   */
  snapshot(change?: { service: string; serving: Serving | null; answer: SavedAnswer }): SavedState {
    const services = [...this.services.values()].flatMap((service) => {
      const serving = change?.service === service.name ? change.serving : service.serving;
      if (serving === null || serving.lastSwitch === null) return [];
      return [{ serving, receipts: [...service.receipts.values()] }];
    });
    const answers = change === undefined ? this.#answers : this.#withAnswer(change.answer);
    return { services, fences: Object.fromEntries(this.fences), answers };
  }

  #withAnswer(answer: SavedAnswer): SavedAnswer[] {
    return [...this.#answers, answer].slice(-keptAnswers);
  }

  #claimed(): Claimed[] {
    const claims: Claimed[] = [];
    for (const service of this.services.values()) {
      if (service.options !== null) claims.push([service, service.options]);
    }
    return claims;
  }
}

function sameClaims(some: readonly Claimed[], others: readonly Claimed[]): boolean {
  return (
    some.length === others.length &&
    some.every(([service, claim], index) => {
      const [otherService, otherClaim] = others[index] as Claimed;
      return service === otherService && isSameClaim(claim, otherClaim);
    })
  );
}
