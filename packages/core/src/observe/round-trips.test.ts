import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Fleet, openFleet } from "../hosts/fleet.ts";
import { aServingHost } from "../hosts/testing/serving-host.ts";
import { type SimulatedFleet, simulateFleet } from "../hosts/testing/simulated-fleet.ts";
import { stateFolders } from "../release/state-folders.ts";
import { observeFleet } from "./observe.ts";

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

async function connected(simulated: SimulatedFleet): Promise<Fleet> {
  const home = mkdtempSync(join(tmpdir(), "fleet-"));
  closers.push(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, ".ssh"));
  writeFileSync(join(home, ".ssh/known_hosts"), simulated.knownHosts);
  const fleet = await openFleet({
    hosts: simulated.hosts,
    ssh: {
      user: "root",
      port: simulated.port,
      proxyJump: [],
      proxyCommand: null,
      keys: [],
      keyData: [{ secret: "KEY" }],
      keysOnly: true,
      configFiles: "none",
      forwardAgent: false,
      reconnectMs: 0,
    },
    connections: { maxConcurrentStarts: 30, dnsRetries: 0 },
    keyData: new Map([["KEY", simulated.userKey]]),
    cwd: home,
    home,
    env: {},
    localUser: "anna",
    askSecret: async () => null,
    toolVersion: "0.1.0",
    signal: new AbortController().signal,
  });
  closers.push(() => fleet[Symbol.dispose]());
  return fleet;
}

test("a look costs each host one connection, one script and six questions of its engine", async () => {
  const simulated = await simulateFleet(3, aServingHost);
  closers.push(() => simulated.close());
  const fleet = await connected(simulated);
  const states = await observeFleet(fleet, {
    app: "shop",
    folders: stateFolders(null, "shop"),
    repository: "registry.test/shop",
    proxyImage: "cutover-proxy:0.1.0",
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
  });

  expect(states.map(({ active, records }) => [active?.release, records.length])).toEqual([
    ["r1", 5],
    ["r1", 5],
    ["r1", 5],
  ]);
  for (const host of simulated.hosts) {
    const { connections, channels, docker, scripts, proxy } = simulated.askedOf(host);
    expect(connections).toBe(1);
    expect(scripts).toBe(1);
    expect(proxy).toEqual(["hello", "list"]);
    expect(docker.toSorted()).toEqual([
      "GET /containers/cutover-proxy/json",
      "GET /containers/json",
      "GET /images/json",
      "GET /info",
      "GET /networks",
      "GET /version",
    ]);
    // One for the script, one for the proxy, the others for what is asked of Docker at one time.
    expect(channels).toBeLessThanOrEqual(8);
  }
});
