import type { AddressInfo } from "node:net";
import type { SecureContext } from "node:tls";
import type { Clients } from "../accept/clients.ts";
import type { OwnAnswer } from "../answer/answer.ts";
import type { Clock } from "../clock.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { Log } from "../log/log.ts";
import { readHostPattern } from "../route/host.ts";
import type { Route } from "../route/table.ts";
import type { Registry } from "../switch/registry.ts";
import type { Service } from "../switch/service.ts";
import { CertificateFiles } from "./acme/certificate-files.ts";
import type { ClaimOwner } from "./acme/claim-owner.ts";
import { challengePath, HttpChallenges } from "./acme/http-challenges.ts";
import { AcmeIssuer, type AlpnChallenges } from "./acme/issuer.ts";
import { CertificateKeeper } from "./acme/keeper.ts";
import { OnDemand } from "./acme/on-demand.ts";
import type { AcmeSettings } from "./acme/settings.ts";
import { cameFromSibling, siblingRoute } from "./acme/sibling.ts";
import { TlsListener } from "./listener.ts";
import type { CertificatePair } from "./pair.ts";
import { httpsRedirect } from "./redirect.ts";
import { CertificateStore } from "./store.ts";

/** What https works with. */
export interface HttpsEdge {
  registry: Registry;
  clients: Clients;
  clock: Clock;
  /** From 0 to below 1. */
  random(): number;
  log: Log;
  owner: ClaimOwner;
}

/** The services' https: their certificates, the listener that uses them, and what plain http is told of it. */
export class Https {
  readonly #edge: HttpsEdge;
  readonly #store = new CertificateStore();
  readonly #http: HttpChallenges;
  readonly #alpn: AlpnChallenges = new Map();
  readonly #keeper: CertificateKeeper;
  readonly #onDemand: OnDemand;
  readonly #listener: TlsListener;
  readonly #sibling: Route<Service> | null;

  constructor(acme: AcmeSettings, edge: HttpsEdge) {
    const { clients, clock, random, log, owner } = edge;
    const files = new CertificateFiles(acme.folder, owner);
    this.#edge = edge;
    this.#http = new HttpChallenges(acme.folder);
    this.#keeper = new CertificateKeeper({
      files,
      issuer: new AcmeIssuer(acme, files, this.#http, this.#alpn),
      challenges: acme.challenges,
      install: (host, pair) => this.#store.takeObtained(host, pair),
      clock,
      random,
      log,
    });
    this.#onDemand = new OnDemand(clock);
    this.#sibling = acme.sibling === null ? null : siblingRoute(acme.sibling, clock);
    const alpn = this.#alpn;
    this.#listener = new TlsListener({
      certificateFor: (name) => this.#store.find(name) ?? this.#obtain(name),
      challengeFor: (name) => alpn.get(name) ?? null,
      get challenged() {
        return alpn.size > 0;
      },
      // Below TLS there is nothing to reset; without a close_notify the client knows that it was cut.
      serveHttp1: (socket) =>
        clients.attach(Object.assign(socket, { resetAndDestroy: () => socket.destroy() }), "https"),
      serveStream: (stream) => clients.attach(stream, "https"),
    });
  }

  get port(): number {
    return (this.#listener.server.address() as AddressInfo).port;
  }

  /** @throws the system's error when the port can't be had */
  async listen(port: number): Promise<void> {
    this.refresh();
    await this.#listener.listen(port);
  }

  async close(limitMs: number): Promise<void> {
    await Promise.all([this.#keeper.stop(), this.#listener.close(limitMs, this.#edge.clock)]);
  }

  /** To be called after anything that changes what services answer to. */
  refresh(): void {
    const own: { hosts: readonly string[]; pair: CertificatePair }[] = [];
    const automatic: string[] = [];
    for (const { options } of this.#edge.registry.services.values()) {
      if (options?.tls?.source === "own") own.push({ hosts: options.hosts, pair: options.tls });
      if (options?.tls?.source === "automatic") automatic.push(...options.hosts);
    }
    this.#store.takeOwn(own);
    const fallback = own.find(({ hosts }) => hosts.length === 0);
    if (fallback !== undefined) this.#listener.setDefault(fallback.pair);
    this.#keeper.list(automatic);
  }

  /**
   * What a request is answered that concerns certificates or should have come over https, or where it
   * goes instead; null for all others.
   */
  intercept(
    head: RequestHead,
    protocol: "http" | "https",
    route: Route<Service> | null,
  ): OwnAnswer | Route<Service> | null {
    if (protocol === "https") return null;
    if (head.path.startsWith(challengePath)) {
      const answer = this.#http.answer(head.path);
      if (answer !== null) return { status: 200, text: answer };
      if (this.#sibling !== null && !cameFromSibling(head)) return this.#sibling;
    }
    return route?.to.options?.tls?.redirect === true ? httpsRedirect(head) : null;
  }

  /** Gets the certificate for a host that a service listed a moment ago, or that its app knows. */
  async #obtain(name: string): Promise<SecureContext | null> {
    if (!this.#keeper.has(name) && !(await this.#isAllowed(name))) return null;
    await this.#keeper.add(name);
    return this.#store.find(name);
  }

  async #isAllowed(name: string): Promise<boolean> {
    const tls = this.#edge.registry.route(name, "/")?.to.options?.tls;
    if (tls?.source !== "on-demand" || !name.includes(".") || readHostPattern(name) !== name) return false;
    return this.#onDemand.allows(tls.ask, name);
  }
}
