import { expect, test, vi } from "vitest";
import { noFailures, openReceipt } from "../switch/receipt.ts";
import { aRelease } from "../testing/builders.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { type InFlight, TargetGroup } from "../upstream/group.ts";
import { Drain } from "./drain.ts";

function drainOf(...kinds: InFlight["kind"][]) {
  const clock = new FakeClock();
  const group = new TargetGroup(aRelease("r1"));
  const flights = kinds.map((kind) => {
    const flight: InFlight = { kind, place: -1, cut: () => group.leave(flight, true) };
    group.enter(flight);
    return flight;
  });
  const receipt = openReceipt(
    { switch: "s2", service: "app", from: "r1", to: "r2", at: 0 },
    group.count(),
    noFailures(),
    noFailures(),
  );
  const settled = vi.fn();
  const drain = new Drain(group, receipt, { requestMs: 1_000, websocketMs: 2_000 }, clock, settled);
  drain.begin();
  return { clock, group, flights, receipt, settled, drain };
}

test("a group with nothing under way has drained at once", () => {
  const { receipt, settled } = drainOf();
  expect(receipt.state).toBe("drained");
  expect(settled).toHaveBeenCalledOnce();
});

test("it has drained when the last request has ended", async () => {
  const { clock, group, flights, receipt, drain } = drainOf("request", "request");
  await clock.pass(300);
  for (const flight of flights) group.leave(flight, false);
  await drain.ended;
  expect(receipt).toMatchObject({ state: "drained", inFlight: 2, drained: 2, cut: 0, drainMs: 300 });
});

test("what is left at its limit is cut, websockets at theirs", async () => {
  const { clock, group, flights, receipt } = drainOf("request", "request", "websocket");
  group.leave(flights[0] as InFlight, false);
  await clock.pass(1_000);
  expect(receipt).toMatchObject({ state: "draining", drained: 1, cut: 1, websockets: { open: 1, cut: 0 } });
  await clock.pass(1_000);
  expect(receipt).toMatchObject({ state: "cut", drained: 1, cut: 1, websockets: { open: 1, cut: 1 } });
});

test("a drain that is called off cuts nothing", async () => {
  const { clock, group, receipt, drain, settled } = drainOf("request");
  drain.callOff();
  await clock.pass(5_000);
  expect(group.inFlight.size).toBe(1);
  expect(receipt.state).toBe("reverted");
  expect(settled).not.toHaveBeenCalled();
  await drain.ended;
});
