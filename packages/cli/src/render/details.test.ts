import type { ContainerDetails, HostDetails } from "@cutover/core";
import { expect, test } from "vitest";
import { detailsLines } from "./details.ts";
import { palette } from "./palette.ts";

function aContainer(of: Partial<ContainerDetails> = {}): ContainerDetails {
  return {
    name: "hello-web-abc123",
    role: "web",
    version: "abc123",
    state: "running",
    status: "Up 3 minutes",
    image: "registry:4443/hello:abc123",
    serving: true,
    ...of,
  };
}

function lines(...hosts: Partial<HostDetails>[]): string[] {
  const whole = hosts.map((host) => ({
    host: "vm1",
    error: null,
    engine: "26.1.5",
    proxy: { state: "running", version: "0.1.0" },
    containers: [],
    ...host,
  }));
  return detailsLines({ service: "hello", destination: null, hosts: whole }, palette(false));
}

test("what serves stands first, in columns", () => {
  const old = aContainer({
    name: "hello-web-0ff1ce",
    version: "0ff1ce",
    status: "Exited (0)",
    serving: false,
  });
  expect(lines({ containers: [old, aContainer()] })).toEqual([
    "hello on vm1  Docker 26.1.5, proxy 0.1.0 running",
    "  serving  web  abc123  Up 3 minutes  hello-web-abc123",
    "           web  0ff1ce  Exited (0)    hello-web-0ff1ce",
  ]);
});

test("a host that could not be looked at says why", () => {
  expect(lines({ error: "connection refused" })).toEqual(["hello on vm1  connection refused"]);
});

test("a host without proxy or containers says so", () => {
  expect(lines({ proxy: null })).toEqual([
    "hello on vm1  Docker 26.1.5, no proxy",
    "  no containers of this app",
  ]);
});
