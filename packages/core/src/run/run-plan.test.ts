import { Readable } from "node:stream";
import type { Verb } from "@cutover/proxy/protocol";
import { expect, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import type { DeployEvent } from "../events/event.ts";
import { Fleet } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";
import type { Phase, Plan } from "../plan/plan.ts";
import type { Step } from "../plan/step.ts";
import { stateFolders } from "../release/state-folders.ts";
import { Memory } from "../steps/memory.ts";
import { runPlan } from "./run-plan.ts";

/** What a fake host is asked, in order: `web1 rename a`, `web1 commit`. */
type Asked = string[];

/** Stands for a host: its engine can rename and stop, its proxy commit and revert. What is named fails. */
function fakeHost(name: string, asked: Asked, failing: readonly string[], onAsk: (what: string) => void) {
  const lost = new AbortController();
  const ask = async (what: string) => {
    asked.push(`${name} ${what}`);
    onAsk(`${name} ${what}`);
    if (failing.includes(`${name} lost at ${what}`)) {
      lost.abort(new Error(`the connection to ${name} was lost`));
      // What was asked over a dead connection is never answered.
      await new Promise(() => undefined);
    }
    if (failing.includes(`${name} ${what}`)) throw new Error(`${what} was told to fail`);
  };
  let conversations = 0;
  const proxy = {
    async ask(_id: string, verb: Verb) {
      if (failing.includes(`${name} killed proxy`) && conversations === 1)
        throw new Error("the proxy ended the conversation");
      if (verb === "list" && !failing.includes(`${name} list`)) return { services: [] };
      await ask(verb).catch(({ message }: Error) => {
        throw new ProxyRefusal({ code: "not-healthy", message });
      });
      return { switch: "s1", at: 0, previous: "r1" };
    },
  };
  const docker = {
    getContainer: (container: string) => ({
      rename: () => ask(`rename ${container}`),
      inspect: async () => {
        const Running = !failing.includes(`${name} died`);
        const RestartCount = failing.includes(`${name} died and restarted`) ? 1 : 0;
        return { HostConfig: {}, RestartCount, State: { Running, ExitCode: 1, OOMKilled: false, Error: "" } };
      },
      logs: async () => Buffer.from("the disk is on fire\n"),
      update: () => ask(`update ${container}`),
      stop: () => ask(`stop ${container}`),
    }),
  };
  return {
    name,
    docker,
    lost: lost.signal,
    dockerAnswers: async () => true,
    files: async () => ({ replace: () => ask("note") }),
    proxy: async () => {
      conversations += 1;
      return proxy;
    },
    close: () => undefined,
  } as unknown as Host;
}

const renameStep: Step = { kind: "free-name", name: "a", newName: "b" };
const switchStep: Step = {
  kind: "switch",
  role: "web",
  container: "shop-web-v2",
  service: "shop-web",
  release: "r2",
  candidate: "r2",
  from: "v1",
  drainTimeoutMs: 1,
};
const noteStep: Step = {
  kind: "mark-active",
  active: { schemaVersion: 1, release: "r2", version: "v2", at: 0, previous: [] },
};
const stopStep: Step = {
  kind: "stop-container",
  name: "d",
  stopTimeoutMs: 1,
  service: null,
  candidate: "r1",
};

const HOSTS = ["web1", "web2"];

function onAll(name: Phase["name"], onFailure: Phase["onFailure"], ...steps: Step[]): Phase {
  return { name, title: name, onFailure, lanes: HOSTS.map((host) => ({ host, steps })) };
}

const PLAN: Plan = {
  release: { id: "r2", version: "v2", image: { repository: "shop", tag: "v2", digest: "sha256:0" } },
  phases: [
    onAll("boot", "undo", renameStep),
    onAll("switch", "undo", switchStep),
    onAll("retire", "report", noteStep, stopStep),
  ],
};

/** Runs the plan on two fake hosts and gives what was asked of them, and how it ended. */
async function ran(
  failing: string[] = [],
  abortAt: string | null = null,
  lostLockAt: string | null = null,
  takenAway = false,
) {
  const asked: Asked = [];
  const events: DeployEvent["type"][] = [];
  const stop = new AbortController();
  let lockLost = false;
  const memory = new Memory();
  for (const host of HOSTS) memory.madeContainer(host, "shop-web-v2", "c2");
  const onAsk = (what: string) => {
    if (what === abortAt) stop.abort("SIGINT");
    lockLost ||= what === lostLockAt;
  };
  const run = runPlan(PLAN, {
    fleet: new Fleet(HOSTS.map((name) => fakeHost(name, asked, failing, onAsk))),
    memory,
    signal: stop.signal,
    confirmLock: async () => {
      if (takenAway) stop.abort(new DeployError("LOCK_LOST", { cause: "somebody else has it" }));
    },
    clock: { now: () => 0, monotonic: () => 0 },
    pause: async () => undefined,
    emit: ({ type }) => events.push(type),
    around: {
      folders: stateFolders(null, "shop"),
      environment: () => ({}),
      certificate: () => null,
      checksumKey: () => "",
      login: async () => null,
      proxyImageArchive: async () => "",
      localImages: { find: async () => null, save: async () => Readable.from([]) },
      fence() {
        if (lockLost) throw new DeployError("LOCK_LOST", { cause: "it ran out" });
        return 1;
      },
      random: { hex: () => "0" },
      now: () => 0,
    },
  });
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error !== null && !(error instanceof DeployError)) throw error;
  return { asked, events, error };
}

test("a phase begins when the one before is done on every host", async () => {
  const { asked, error } = await ran();
  expect(error).toBeNull();
  expect(asked.slice(0, 4).sort()).toEqual(["web1 commit", "web1 rename a", "web2 commit", "web2 rename a"]);
  expect(asked.slice(0, 2).every((what) => what.endsWith("rename a"))).toBe(true);
});

test("a failure before the switch is taken back, and nothing was switched", async () => {
  const { asked, error } = await ran(["web2 rename a"]);
  expect(error?.facts).toMatchObject({ host: "web2", state: "not-switched" });
  expect(asked).toContain("web1 rename b");
  expect(asked.some((what) => what.endsWith("commit"))).toBe(false);
});

test("a switch that fails on one host is reverted on the other", async () => {
  const { asked, error } = await ran(["web2 commit"]);
  expect(error).toMatchObject({ code: "REVERTED", exitCode: 61, facts: { state: "reverted" } });
  expect(asked).toContain("web1 revert");
  expect(asked).not.toContain("web2 revert");
});

test("a switch that cannot be reverted is called split, and the host is named", async () => {
  const { error } = await ran(["web2 commit", "web1 revert"]);
  expect(error).toMatchObject({ code: "SPLIT", exitCode: 62, facts: { state: "split" } });
  expect(error?.facts.details?.slice(0, 2)).toEqual([
    "web1: shop-web serves v2, the new release",
    "web2: shop-web serves v1, as before",
  ]);
  expect(error?.facts.details?.[2]).toMatch(/^web1: undo: route shop-web/);
});

test("a proxy that answers no more is found before any host is switched", async () => {
  const { asked, error } = await ran(["web2 list"]);
  expect(error?.facts).toMatchObject({ host: "web2", state: "not-switched" });
  expect(asked.some((what) => what.endsWith("commit"))).toBe(false);
});

test("a proxy that was killed after the gate is waited for, and switched", async () => {
  const { asked, error } = await ran(["web2 killed proxy"]);
  expect(error).toBeNull();
  expect(asked).toContain("web2 commit");
});

test("a container that died after its gate is found before any host is switched", async () => {
  const { asked, error } = await ran(["web2 died"]);
  expect(error).toMatchObject({ code: "GATE_FAILED", facts: { host: "web2", state: "not-switched" } });
  expect(error?.facts.details).toContain("the disk is on fire");
  expect(asked.some((what) => what.endsWith("commit"))).toBe(false);
});

test("a container that died after its gate is found also where Docker has started it again", async () => {
  const { asked, error } = await ran(["web2 died and restarted"]);
  expect(error).toMatchObject({ code: "GATE_FAILED", facts: { host: "web2", state: "not-switched" } });
  expect(asked.some((what) => what.endsWith("commit"))).toBe(false);
});

test("a switch that no host made leaves nothing switched", async () => {
  const { error } = await ran(["web1 commit", "web2 commit"]);
  expect(error?.facts.state).toBe("not-switched");
});

test("what fails after the switch leaves the new release serving, and the other hosts go on", async () => {
  const { asked, error } = await ran(["web1 stop d"]);
  expect(error).toMatchObject({
    code: "AFTER_SWITCH",
    exitCode: 51,
    facts: { host: "web1", state: "switched" },
  });
  expect(asked).toContain("web2 stop d");
  expect(asked.some((what) => what.endsWith("revert"))).toBe(false);
});

test("Ctrl-C before the switch takes everything back", async () => {
  const { asked, error } = await ran([], "web1 rename a");
  expect(error).toMatchObject({ code: "INTERRUPTED", exitCode: 130, facts: { state: "not-switched" } });
  expect(asked).toContain("web1 rename b");
});

test("Ctrl-C after the switch still writes down what serves", async () => {
  const { asked, error } = await ran([], "web1 note");
  expect(error).toMatchObject({ code: "INTERRUPTED", facts: { state: "switched" } });
  expect(asked).toEqual(expect.arrayContaining(["web1 note", "web2 note"]));
});

test("a host that is lost before the switch ends its steps, is not undone, and is named", async () => {
  const { asked, error } = await ran(["web2 lost at rename a"]);
  expect(error).toMatchObject({ code: "HOST_UNREACHABLE", facts: { host: "web2", state: "not-switched" } });
  expect(error?.facts.details?.[0]).toMatch(/^web2: left as it is, for want of a connection/);
  expect(asked.filter((what) => what.startsWith("web2"))).toEqual(["web2 rename a"]);
});

test("a host that is lost while it switches may serve either release, and is named so", async () => {
  const { asked, error } = await ran(["web2 lost at commit"]);
  expect(error).toMatchObject({ code: "SPLIT", facts: { host: "web2", state: "split" } });
  expect(error?.facts.details?.slice(0, 2)).toEqual([
    "web1: shop-web serves v1 again",
    "web2: shop-web serves v2 or v1: it was lost while it switched",
  ]);
  expect(asked.filter((what) => what.startsWith("web2"))).toEqual(["web2 rename a", "web2 commit"]);
});

test("a lock that has run out ends the run before the next step, and nothing more is changed", async () => {
  const { asked, error } = await ran([], null, "web1 rename a");
  expect(error).toMatchObject({ code: "LOCK_LOST", exitCode: 11, facts: { state: "not-switched" } });
  expect(asked.every((what) => what.endsWith("rename a"))).toBe(true);
});

test("a step that failed since somebody else has taken the lock is told so, and nothing is undone", async () => {
  const { asked, error } = await ran(["web2 rename a"], null, null, true);
  expect(error).toMatchObject({ code: "LOCK_LOST", exitCode: 11 });
  expect(asked.every((what) => what.endsWith("rename a"))).toBe(true);
});

test("an undo is told as a phase of its own", async () => {
  const { events } = await ran(["web2 rename a"]);
  expect(events.slice(-1)).toEqual(["phase.ended"]);
  expect(events.filter((type) => type === "phase.started")).toHaveLength(2);
});
