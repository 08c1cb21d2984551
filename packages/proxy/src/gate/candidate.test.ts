import { expect, test, vi } from "vitest";
import { aPreparation } from "../testing/builders.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { Candidate } from "./candidate.ts";
import type { Finding } from "./gate.ts";

function gateWith(findings: Finding[], changes = {}) {
  const clock = new FakeClock();
  const closed = vi.fn();
  const probe = vi.fn(async () => findings.shift() ?? ("passed" as const));
  const candidate = new Candidate(aPreparation("r1", changes), { probe, clock }, closed);
  return { clock, closed, probe, candidate };
}

const refused: Finding = { target: "r1:3000", kind: "refused" };

test("it is probed again until it passes, quickly at first", async () => {
  const { clock, candidate } = gateWith([refused, refused]);
  await clock.pass(54);
  await expect(candidate.verdict).resolves.toEqual({ state: "healthy", afterMs: 54, probes: 3 });
});

test("at the deadline it answers with evidence and is forgotten", async () => {
  const { clock, closed, candidate } = gateWith(new Array(100).fill(refused), { deadlineMs: 1_000 });
  await clock.pass(1_000);
  await expect(candidate.verdict).resolves.toMatchObject({ state: "unhealthy", evidence: refused });
  expect(closed).toHaveBeenCalledOnce();
});

test("an abandoned one answers at once and is probed no more", async () => {
  const { clock, probe, candidate } = gateWith(new Array(100).fill(refused));
  candidate.abandon("exited with code 1");
  await expect(candidate.verdict).resolves.toMatchObject({ evidence: { kind: "abandoned" } });
  const probes = probe.mock.calls.length;
  await clock.pass(5_000);
  expect(probe).toHaveBeenCalledTimes(probes);
});

test("a healthy one that nobody commits is forgotten when its time is up", async () => {
  const { clock, closed, candidate } = gateWith([], { expiresMs: 2_000 });
  await clock.pass(1_999);
  expect(closed).not.toHaveBeenCalled();
  await clock.pass(1);
  expect(closed).toHaveBeenCalledWith(candidate);
});

test("a committed one does not expire", async () => {
  const { clock, closed, candidate } = gateWith([], { expiresMs: 2_000 });
  await clock.pass(0);
  candidate.committed();
  await clock.pass(10_000);
  expect(closed).not.toHaveBeenCalled();
});

test("no probe is given more time than is left until the deadline", async () => {
  const { clock, probe } = gateWith([], { deadlineMs: 700 });
  await clock.pass(0);
  expect(probe).toHaveBeenCalledWith("r1:3000", expect.anything(), 700);
});
