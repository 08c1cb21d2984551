import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";

let proxy: TestProxy;
let origin: Origin;

beforeEach(async () => {
  proxy = await TestProxy.start({ metricsPort: 0 });
  origin = await answering(
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
  );
  await proxy.deploy("r1", [origin.target]);
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

test("requests are counted by service and class, with their durations", async () => {
  for (let index = 0; index < 3; index += 1) {
    await proxy.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }
  const metrics = await (await fetch(`http://127.0.0.1:${proxy.running.metricsPort}/metrics`)).text();
  expect(metrics).toContain('cutover_proxy_requests_total{service="app",code="2xx"} 1\n');
  expect(metrics).toContain('cutover_proxy_requests_total{service="app",code="5xx"} 2\n');
  expect(metrics).toContain('cutover_proxy_request_seconds_bucket{service="app",le="+Inf"} 3\n');
  expect(metrics).toContain('cutover_proxy_switches_total{service="app"} 1\n');
});
