import { expect, test } from "vitest";
import type { ProxyState } from "../observe/host-state.ts";
import { aHostState, aProxy, aProxyRun } from "./builders.fixture.ts";
import { type ProxyOrder, planProxies } from "./proxy-plan.ts";

const run = aProxyRun();
const wanted = { image: "cutover-proxy:0.2.0", run: { web1: run, web2: run } };
const boot: ProxyOrder = { verb: "boot", recreate: false, rolling: false };
const reboot: ProxyOrder = { ...boot, verb: "reboot" };

/** The steps for a host whose proxy is like this. */
function stepsFor(proxy: Partial<ProxyState>, order: ProxyOrder): string {
  const plan = planProxies([aHostState({ proxy: aProxy(proxy) })], wanted, order);
  return plan.phases
    .flatMap(({ lanes }) => lanes.flatMap(({ steps }) => steps.map(({ kind }) => kind)))
    .join(" ");
}

test.each<[Partial<ProxyState>, ProxyOrder, string]>([
  [{ container: "missing", imagePresent: false }, boot, "load-proxy-image create-proxy"],
  [{ container: "stopped" }, boot, "start-proxy"],
  [{ version: "0.1.0", imagePresent: false }, boot, "load-proxy-image replace-proxy"],
  [{ version: "0.2.0" }, boot, ""],
  [{ version: "0.3.0" }, boot, ""],
  [{ container: "missing" }, reboot, "create-proxy"],
  [{ container: "stopped" }, reboot, "start-proxy replace-proxy"],
  [{ version: "0.2.0" }, reboot, "replace-proxy"],
  [{ version: "0.3.0" }, { ...reboot, recreate: true }, "remove-proxy create-proxy"],
])("a proxy that is %j, %j: %s", (proxy, order, steps) => {
  expect(stepsFor(proxy, order)).toBe(steps);
});

test("rolling takes one host after another", () => {
  const states = ["web1", "web2"].map((host) => aHostState({ host }));
  expect(planProxies(states, wanted, reboot).phases).toHaveLength(1);
  const rolling = planProxies(states, wanted, { ...reboot, rolling: true });
  expect(rolling.phases.map(({ lanes }) => lanes.map(({ host }) => host))).toEqual([["web1"], ["web2"]]);
});

test("a host whose roles need no proxy gets none", () => {
  const states = [aHostState({ host: "worker1", proxy: aProxy({ container: "missing" }) })];
  expect(planProxies(states, wanted, reboot).phases).toEqual([]);
});
