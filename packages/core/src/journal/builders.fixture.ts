import type { HostState, ObservedContainer } from "../observe/host-state.ts";
import { aHostState, aProxy, aProxyService, aRoleRecord } from "../plan/builders.fixture.ts";
import type { Phase } from "../plan/plan.ts";
import type { Step } from "../plan/step.ts";
import type { Journal, JournalHead, JournalMark } from "./entry.ts";

export const createV2: Step = {
  kind: "create-container",
  role: "web",
  release: "r2",
  name: "shop-web-v2",
  image: "shop@sha256:0",
  settings: aRoleRecord().settings,
};
export const startV2: Step = { kind: "start-container", name: "shop-web-v2", stopTimeoutMs: 1 };
export const switchToV2: Step = {
  kind: "switch",
  role: "web",
  container: "shop-web-v2",
  service: "shop-web",
  release: "r2",
  candidate: "r2",
  from: "v1",
  drainTimeoutMs: 1,
};
const keepV2: Step = { kind: "keep-container", name: "shop-web-v2", restart: { Name: "always" } };
export const noteV2: Step = {
  kind: "mark-active",
  active: { schemaVersion: 1, release: "r2", version: "v2", at: 1, previous: ["r1"] },
};

function aPhase(name: Phase["name"], onFailure: Phase["onFailure"], ...steps: Step[]): Phase {
  return { name, title: name, onFailure, lanes: [{ host: "web1", steps }] };
}

/** A deploy of `r2` on `web1` and `web2` that was never heard of again. */
export function aJournal(over: Partial<JournalHead> = {}, marks: JournalMark[] = []): Journal {
  return {
    head: {
      schemaVersion: 1,
      run: "r2-aa",
      command: "deploy",
      version: "v2",
      release: "r2",
      by: "anna@laptop",
      startedAt: 100,
      fence: 7,
      hosts: ["web1", "web2"],
      phases: [
        aPhase("boot", "undo", createV2, startV2),
        aPhase("keep", "undo", keepV2),
        aPhase("switch", "undo", switchToV2),
        aPhase("retire", "report", noteV2),
        aPhase("prune", "report", { kind: "remove-records", app: "shop", releases: ["r0"] }),
      ],
      ...over,
    },
    marks,
  };
}

/** A host whose proxy sends requests to the container of `release`, where `r1` was the last to be noted. */
export function aHostServing(host: string, release: string, over: Partial<HostState> = {}): HostState {
  const container: ObservedContainer = {
    id: `${release}container`,
    name: `shop-web-${release.replace("r", "v")}`,
    state: "running",
    status: "Up",
    health: null,
    image: "shop",
    imageId: "sha256:1",
    createdAt: 1,
    role: "web",
    version: release.replace("r", "v"),
    release,
  };
  const target = `${container.id.slice(0, 12)}:3000`;
  return aHostState({
    host,
    containers: [container],
    takenNames: [container.name],
    proxy: aProxy({ services: [aProxyService({ candidate: release, targets: [target] })] }),
    active: { schemaVersion: 1, release: "r1", version: "v1", at: 1, previous: [] },
    ...over,
  });
}
