import { durationBounds } from "../control/protocol.ts";
import type { Service } from "../switch/service.ts";
import type { Meter } from "./meter.ts";

/** What is shown beside the services. */
export interface ProcessFigures {
  version: string;
  connections: number;
  residentBytes: number;
  cpuSeconds: number;
}

/** Everything in the text format of Prometheus. */
export function renderMetrics(services: Iterable<Service>, figures: ProcessFigures): string {
  const all = [...services];
  const each = (line: (labels: string, service: Service) => string[]) =>
    all.flatMap((service) => line(`service="${service.name}"`, service));
  const lines = [
    ...family("cutover_proxy_info", "gauge", "The proxy's version.", [
      `cutover_proxy_info{version="${figures.version}"} 1`,
    ]),
    ...family("cutover_proxy_connections", "gauge", "Connections of clients.", [
      `cutover_proxy_connections ${figures.connections}`,
    ]),
    ...family(
      "cutover_proxy_requests_total",
      "counter",
      "Requests by class of their answer.",
      each((labels, { meter }) => classLines(labels, meter)),
    ),
    ...family(
      "cutover_proxy_failures_total",
      "counter",
      "Requests that failed, by whose side it came from.",
      each((labels, { meter }) => failureLines(labels, meter)),
    ),
    ...family(
      "cutover_proxy_request_seconds",
      "histogram",
      "From a request's head to its answer's end.",
      each((labels, { meter }) => durationLines(labels, meter)),
    ),
    ...family(
      "cutover_proxy_in_flight",
      "gauge",
      "Requests and websockets under way.",
      each((labels, service) => [
        `cutover_proxy_in_flight{${labels}} ${(service.active?.inFlight.size ?? 0) + (service.previous?.inFlight.size ?? 0)}`,
      ]),
    ),
    ...family(
      "cutover_proxy_held",
      "gauge",
      "Requests held by a pause.",
      each((labels, service) => [`cutover_proxy_held{${labels}} ${service.hold.size}`]),
    ),
    ...family(
      "cutover_proxy_switches_total",
      "counter",
      "Switches made.",
      each((labels, service) => [`cutover_proxy_switches_total{${labels}} ${service.serving.switches}`]),
    ),
    ...family("process_resident_memory_bytes", "gauge", "Resident memory.", [
      `process_resident_memory_bytes ${figures.residentBytes}`,
    ]),
    ...family("process_cpu_seconds_total", "counter", "Processor time.", [
      `process_cpu_seconds_total ${figures.cpuSeconds}`,
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function family(name: string, type: string, help: string, samples: string[]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples];
}

function classLines(labels: string, meter: Meter): string[] {
  return meter.byClass.flatMap((count, kind) =>
    kind === 0 ? [] : [`cutover_proxy_requests_total{${labels},code="${kind}xx"} ${count}`],
  );
}

function failureLines(labels: string, meter: Meter): string[] {
  const { targetFailures, clientAborts, cuts, retries } = meter;
  const kinds = { target: targetFailures, client: clientAborts, cut: cuts, retried: retries };
  return Object.entries(kinds).map(
    ([kind, count]) => `cutover_proxy_failures_total{${labels},kind="${kind}"} ${count}`,
  );
}

function durationLines(labels: string, meter: Meter): string[] {
  const name = "cutover_proxy_request_seconds";
  let below = 0;
  const buckets = meter.byDuration.map((count, index) => {
    below += count;
    const bound = durationBounds[index];
    return `${name}_bucket{${labels},le="${bound === undefined ? "+Inf" : bound / 1_000}"} ${below}`;
  });
  return [...buckets, `${name}_sum{${labels}} ${meter.totalMs / 1_000}`, `${name}_count{${labels}} ${below}`];
}
