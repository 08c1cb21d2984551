import { afterEach, beforeEach, expect, test } from "vitest";
import { watch } from "../control/client.ts";
import type { ProxyEvent } from "../control/protocol.ts";
import { TestProxy } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";

let proxy: TestProxy;
let origin: Origin;

beforeEach(async () => {
  proxy = await TestProxy.start();
  origin = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

test("who watches is told of each switch as it is made", async () => {
  const events: ProxyEvent[] = [];
  const end = new AbortController();
  const watching = watch(proxy.settings.socketPath, (event) => events.push(event), end.signal);
  await proxy.deploy("r1", [origin.target]);
  await expect
    .poll(() => events.find(({ event }) => event === "switch.made"))
    .toMatchObject({ service: "app", switch: { id: "s1", to: "r1" } });
  end.abort();
  await watching;
});
