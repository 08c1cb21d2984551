import { expect, test } from "vitest";
import type { HostState } from "../observe/host-state.ts";
import {
  aContainer,
  aHostState,
  anActive,
  aProxy,
  aProxyService,
  aRecord,
  aRoleRecord,
  aServingState,
} from "./builders.fixture.ts";
import { decide } from "./decide.ts";

const serving = aRecord({ release: "r1" });
const service = aProxyService({ candidate: "r1" });

/** A host on which `r1` serves, just as it is wanted. */
function settled(host: string, over: Partial<HostState> = {}): HostState {
  return aServingState({
    host,
    records: [serving],
    active: anActive({ version: "v2" }),
    proxy: aProxy({ services: [service] }),
    ...over,
  });
}

function decided(states: HostState[], over: { anew?: boolean; record?: Partial<typeof serving> } = {}) {
  return decide({
    wanted: states.map((state) => ({ state, record: aRecord({ release: "r2", ...over.record }) })),
    proxy: () => ({ version: "0.1.0", options: "o1" }),
    anew: over.anew ?? false,
    mark: "3f2a",
  });
}

function booted(decision: ReturnType<typeof decided>): string[] {
  return decision.boots.map(
    ({ state, record, only }) => `${state.host} ${record.release} ${only?.join() ?? "all"}`,
  );
}

test("what serves as it is wanted is left alone", () => {
  const decision = decided([settled("web1"), settled("web2")]);
  expect(decision).toMatchObject({ release: "r1", boots: [] });
  expect(decision.hosts.map(({ action }) => action)).toEqual(["nothing", "nothing"]);
});

test("it boots anew all the same where that is asked for", () => {
  expect(booted(decided([settled("web1")], { anew: true }))).toEqual(["web1 r2 all"]);
});

test("a change on any host gives all of them a new release", () => {
  const other = settled("web2", {
    records: [aRecord({ release: "r1", roles: [aRoleRecord({ environment: { GREETING: "old" } })] })],
  });
  const decision = decided([settled("web1"), other]);
  expect(decision.release).toBe("r2");
  expect(booted(decision)).toEqual(["web1 r2 all", "web2 r2 all"]);
});

test("a container that is gone is booted on its host alone, as the release that serves elsewhere", () => {
  const decision = decided([settled("web1"), settled("web2", { containers: [] })]);
  expect(booted(decision)).toEqual(["web2 r1 web"]);
  expect(decision.boots[0]?.mark).toBe("3f2a");
  expect(decision.hosts[1]).toEqual({
    host: "web2",
    action: "repair",
    changes: [],
    drift: [{ kind: "container-missing", role: "web" }],
  });
});

test("a container that was stopped is started again", () => {
  const stopped = settled("web1", { containers: [aContainer({ state: "exited" })] });
  expect(booted(decided([stopped]))).toEqual(["web1 r1 web"]);
});

test("a host that is new gets the release that serves on the others, labelled as that", () => {
  const decision = decided([settled("web1"), aHostState({ host: "web2" })]);
  expect(booted(decision)).toEqual(["web2 r1 all"]);
  const labels = decision.boots[0]?.record.roles[0]?.settings.Labels;
  expect(labels).toMatchObject({ "cutover.release": "r1" });
});

test("a host that was left behind is brought to what serves on the others", () => {
  const behind = aServingState({
    host: "web2",
    active: anActive({ release: "r0", version: "v0" }),
    records: [aRecord({ release: "r0", version: "v0" })],
  });
  const decision = decided([settled("web1"), behind]);
  expect(booted(decision)).toEqual(["web2 r1 all"]);
});

test("a proxy that is missing is made, and what is behind it routed anew", () => {
  const proxy = aProxy({ container: "missing", version: null, services: null });
  const decision = decided([settled("web1", { proxy })]);
  expect(decision.hosts[0]?.drift).toEqual([{ kind: "proxy-missing" }]);
  expect(booted(decision)).toEqual(["web1 r1 web"]);
});

test("a proxy that has lost its state is told again", () => {
  const decision = decided([settled("web1", { proxy: aProxy({ services: [] }) })]);
  expect(decision.hosts[0]?.drift).toEqual([{ kind: "not-routed", role: "web", service: "shop-web" }]);
  expect(booted(decision)).toEqual(["web1 r1 web"]);
});

test("a proxy that sends requests to another container is told again", () => {
  const elsewhere = aProxy({ services: [{ ...service, targets: ["c9:3000"] }] });
  expect(booted(decided([settled("web1", { proxy: elsewhere })]))).toEqual(["web1 r1 web"]);
});

test("a proxy of an older version is brought up to ours, with nothing booted", () => {
  const proxy = aProxy({ version: "0.0.9", services: [service] });
  const decision = decided([settled("web1", { proxy })]);
  expect(decision.hosts[0]?.action).toBe("repair");
  expect(booted(decision)).toEqual(["web1 r1 "]);
});

test("a proxy of a newer version or with other options is told of and left alone", () => {
  const proxy = aProxy({ version: "0.2.0", options: "o0", services: [service] });
  const decision = decided([settled("web1", { proxy })]);
  expect(decision.hosts[0]).toMatchObject({
    action: "nothing",
    drift: [
      { kind: "proxy-version", found: "0.2.0", wanted: "0.1.0", age: "newer" },
      { kind: "proxy-options" },
    ],
  });
});

test("a stray container is found, and stopped without booting anything", () => {
  const stray = aContainer({ id: "c0", name: "shop-web-v0", release: "r0" });
  const decision = decided([settled("web1", { containers: [aContainer(), stray] })]);
  expect(decision.hosts[0]?.drift).toEqual([{ kind: "stray", role: "web", container: "shop-web-v0" }]);
  expect(booted(decision)).toEqual(["web1 r1 "]);
});

test.each([
  ["its health check fails", settled("web1", { containers: [aContainer({ health: "unhealthy" })] })],
  ["it ends again and again", settled("web1", { containers: [aContainer({ state: "restarting" })] })],
  ["the proxy does not answer", settled("web1", { proxy: aProxy({ services: null }) })],
])("where %s everything boots anew", (_why, state) => {
  expect(booted(decided([state]))).toEqual(["web1 r2 all"]);
});
