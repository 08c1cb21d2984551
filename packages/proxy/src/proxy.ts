import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Clients } from "./accept/clients.ts";
import { HttpListener } from "./accept/listener.ts";
import { Sweeper } from "./accept/sweeper.ts";
import { removeLeftBuffers } from "./buffer/file.ts";
import { bufferPlace } from "./buffer/place.ts";
import type { Clock } from "./clock.ts";
import { Dispatcher } from "./control/dispatch.ts";
import { serveControl } from "./control/server.ts";
import type { Probe } from "./gate/probe.ts";
import { ReplicaWatch } from "./gate/replica-watch.ts";
import { EventHub } from "./log/hub.ts";
import type { Log } from "./log/log.ts";
import type { RequestLog } from "./log/requests.ts";
import { renderMetrics } from "./metrics/render.ts";
import type { Disk } from "./state/disk.ts";
import { StateStore } from "./state/store.ts";
import { Registry } from "./switch/registry.ts";
import { thisProxy } from "./tls/acme/claim-owner.ts";
import type { AcmeSettings } from "./tls/acme/settings.ts";
import { Https } from "./tls/https.ts";
import { Turns } from "./turns.ts";
import type { ProxyContext, ReplaceProgram } from "./verbs/verb.ts";
import { proxyVersion } from "./version.ts";

/** Where a proxy listens and keeps what it must not lose. Port 0 takes a free one. */
export interface ProxySettings {
  httpPort: number;
  httpsPort: number;
  stateDirectory: string;
  socketPath: string;
  acme: AcmeSettings;
  /** Where `/metrics` is served; absent: nowhere. */
  metricsPort?: number;
}

/** A proxy that serves. */
export interface RunningProxy {
  httpPort: number;
  httpsPort: number;
  metricsPort: number | null;
  /**
   * Takes no new connection, lets requests under way end, and cuts what is left.
   *
   * @param limitMs how long they may take
   */
  close(limitMs: number): Promise<void>;
  /**
   * The same for one that another has replaced: a connection that is kept alive is ended with its next
   * answer, so that no request meets the end.
   */
  leave(limitMs: number): Promise<void>;
  /** Makes no more changes; settles when those made are on disk, for another to read. */
  handOver(): Promise<void>;
  /** The other one did not come. */
  takeBack(): void;
}

/** Brings a proxy up: the state it had, its routes, its control socket, its listeners. */
export async function startProxy(
  settings: ProxySettings,
  edge: {
    log: Log;
    clock: Clock;
    probe: Probe;
    requests?: RequestLog;
    replace?: ReplaceProgram;
    /** Settles when no former worker routes requests any more by what was committed before. */
    alone?: Promise<void>;
    disk?: Disk;
  },
): Promise<RunningProxy> {
  const { clock } = edge;
  const events = new EventHub();
  const log = events.over(edge.log, clock.now);
  const startedAt = clock.elapsed();
  const store = new StateStore(settings.stateDirectory, edge.disk);
  const { state, source, problems } = await store.load();
  for (const problem of problems) log("state.unreadable", { problem });
  const registry = new Registry(state, clock);
  log("state.restored", { source, services: [...registry.services.keys()] });
  let handedOver = false;
  const context: ProxyContext = {
    ...edge,
    log,
    registry,
    turns: new Turns(edge.alone),
    replace: edge.replace ?? null,
    get handedOver() {
      return handedOver;
    },
    // What happens after is another's to keep.
    save: (state) => (handedOver ? Promise.resolve() : store.save(state)),
  };
  const sweeper = new Sweeper(clock);
  const bufferFolder = join(settings.stateDirectory, "buffered");
  await removeLeftBuffers(bufferFolder);
  const clients = new Clients({
    registry,
    sweeper,
    clock,
    requests: edge.requests ?? null,
    buffers: bufferPlace(bufferFolder),
    closing: false,
    intercept: (head, protocol, route) => https.intercept(head, protocol, route),
  });
  const http = new HttpListener(clients);
  const owner = thisProxy(settings.stateDirectory);
  const https = new Https(settings.acme, { registry, clients, clock, log, random: Math.random, owner });
  registry.onReroute = () => https.refresh();
  const replicas = new ReplicaWatch(registry, { probe: edge.probe, clock, log });
  await Promise.all([http.listen(settings.httpPort), https.listen(settings.httpsPort)]);
  const control = await serveControl(settings.socketPath, new Dispatcher(context, events));
  const metrics = await beginMetrics(settings.metricsPort, registry, clients);
  const { port } = http.server.address() as AddressInfo;
  const startMs = Math.round(clock.elapsed() - startedAt);
  log("proxy.started", {
    version: proxyVersion,
    node: process.version,
    pid: process.pid,
    http: port,
    https: https.port,
    startMs,
  });
  return {
    httpPort: port,
    httpsPort: https.port,
    metricsPort: metrics === null ? null : (metrics.address() as AddressInfo).port,
    async handOver() {
      handedOver = true;
      await context.turns.take(() => store.settled());
    },
    takeBack() {
      handedOver = false;
    },
    leave: end,
    close(limitMs) {
      const ended = end(limitMs);
      clients.endIdle();
      return ended;
    },
  };

  async function end(limitMs: number): Promise<void> {
    control.close();
    replicas.stop();
    metrics?.close();
    edge.requests?.flush();
    const closed = Promise.all([http.close(), https.close(limitMs)]);
    clients.leave();
    const limit = clients.cutAfter(limitMs, clock);
    await closed;
    limit.cancel();
    sweeper.stop();
    await context.turns.take(() => store.settled());
  }
}

async function beginMetrics(
  port: number | undefined,
  registry: Registry,
  clients: Clients,
): Promise<Server | null> {
  if (port === undefined) return null;
  const { serveMetrics } = await import("./metrics/server.ts");
  return serveMetrics(port, () => {
    const { user, system } = process.cpuUsage();
    return renderMetrics(registry.services.values(), {
      version: proxyVersion,
      connections: clients.count,
      residentBytes: process.memoryUsage.rss(),
      cpuSeconds: (user + system) / 1e6,
    });
  });
}
