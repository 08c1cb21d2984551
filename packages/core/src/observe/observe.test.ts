import { expect, test } from "vitest";
import { stateFolders } from "../release/state-folders.ts";
import { type LookedAt, observeHost, type Question } from "./observe.ts";

const question: Question = {
  app: "shop",
  folders: stateFolders(null, "shop"),
  repository: "registry.test/shop",
  proxyImage: "cutover-proxy:0.1.0",
  clock: { now: () => 1_700_000_000_000, monotonic: () => 0 },
};

const container = {
  Id: "c1",
  Names: ["/shop-web-v1"],
  State: "running",
  Status: "Up 3 minutes (healthy)",
  Image: "registry.test/shop@sha256:00",
  ImageID: "i1",
  Created: 1,
  Labels: { "cutover.app": "shop", "cutover.kind": "role", "cutover.release": "r1", role: "web" },
};

const proxy = {
  ...container,
  Id: "c2",
  Names: ["/cutover-proxy"],
  Image: "cutover-proxy:0.1.0",
  Labels: { "cutover.kind": "proxy", "cutover.proxy-options": "abc" },
};

/**
 * A host that answers no question before every one was asked, so that a look which asks one after
 * another never ends. It stands for a far host, whose round trips a test could not tell apart by time.
 */
function aFarHost(script: string) {
  const asked: string[] = [];
  let allAsked: () => void = () => undefined;
  const asking = new Promise<void>((resolve) => {
    allAsked = resolve;
  });
  const answered = async <T>(question: string, answer: T): Promise<T> => {
    asked.push(question);
    if (asked.length === 6) allAsked();
    await asking;
    return answer;
  };
  const host = {
    name: "web1",
    engineVersion: { engine: "26.1.5", architecture: "arm64" },
    docker: {
      listContainers: () => answered("containers", [container, proxy]),
      listImages: () =>
        answered("images", [
          { Id: "i1", RepoTags: ["registry.test/shop:v1"], RepoDigests: ["<none>@<none>"], Size: 7 },
          { Id: "i2", RepoTags: ["cutover-proxy:0.1.0"], RepoDigests: null, Size: 8 },
        ]),
      listNetworks: () => answered("networks", [{ Name: "cutover" }]),
    },
    engineInfo: () => answered("info", { DockerRootDir: "/var/lib/docker", DriverStatus: [] }),
    script: () => answered("script", { exitCode: 0, stdout: script, stderr: "" }),
    proxy: () =>
      answered("proxy", {
        release: "0.2.0",
        ask: async () => ({
          services: [
            {
              service: "shop-web",
              active: { candidate: "r1", targets: ["c1:3000"], state: "active", inFlight: 0 },
              traffic: "open",
            },
          ],
        }),
      }),
  };
  return { host: host as unknown as LookedAt, asked };
}

const SCRIPT = [
  ["home", "/root"],
  ["time", "1700000007.5"],
  ["uptime", "100.00 50.00"],
  ["boot", "b1\n"],
  ["active", JSON.stringify({ schemaVersion: 1, release: "r1", version: "v1", at: 1, previous: [] })],
  ["key", "secret"],
  ["record", JSON.stringify({ schemaVersion: 1, release: "r1", createdAt: 1 })],
  [
    "lock:3.json",
    JSON.stringify({
      schemaVersion: 1,
      holder: { by: "anna@laptop", pid: 1, command: "deploy", version: "v2", step: null, message: null },
      takenAt: { bootId: "b1", uptimeMs: 90_000 },
      leaseUntil: { bootId: "b1", uptimeMs: 120_000 },
      state: "held",
    }),
  ],
  ["lock:2.json", "{}"],
  ["disks", "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 50 50 50% /\n"],
]
  .map(([name, value]) => `${name}\u0000${value}\u0000`)
  .join("");

test("a look asks six questions, all of them before the first answer", async () => {
  const { host, asked } = aFarHost(SCRIPT);
  await observeHost(host, question);
  expect(asked.toSorted()).toEqual(["containers", "images", "info", "networks", "proxy", "script"]);
});

test("a look finds what runs, what serves, the room, the clock and who is at work", async () => {
  const state = await observeHost(aFarHost(SCRIPT).host, question);
  expect(state).toMatchObject({
    architecture: "arm64",
    home: "/root",
    network: true,
    clockSkewMs: 7_500,
    disk: { folder: "/var/lib/docker", freeBytes: 50 * 1024, totalBytes: 100 * 1024 },
    proxy: {
      container: "running",
      version: "0.2.0",
      options: "abc",
      imagePresent: true,
      services: [{ service: "shop-web", candidate: "r1", targets: ["c1:3000"], traffic: "open" }],
    },
    containers: [{ name: "shop-web-v1", health: "healthy", release: "r1" }],
    images: [{ id: "i1", references: ["registry.test/shop:v1"], sizeBytes: 7 }],
    records: [{ release: "r1" }],
    active: { release: "r1" },
    lock: { by: "anna@laptop", command: "deploy", version: "v2", forMs: 10_000 },
    checksumKey: "secret",
  });
});

test("a host without a proxy that answers can be looked at all the same", async () => {
  const { host } = aFarHost(SCRIPT);
  const silent = {
    ...host,
    proxy: async () => {
      await host.proxy();
      throw new Error("no such container");
    },
  };
  expect((await observeHost(silent, question)).proxy).toMatchObject({ version: "0.1.0", services: null });
});
