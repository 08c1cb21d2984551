import type Dockerode from "dockerode";
import type { OwnerState } from "../owner/identity.ts";
import { labels } from "./labels.ts";
import { PARTS, type Part } from "./sandbox.ts";

/** A machine of a sandbox, as the engine tells it. */
interface SeenPart {
  id: string;
  /** `running`, `exited`, … */
  state: string;
  /** For people: `Up 3 minutes (healthy)`. */
  status: string;
}

/** A sandbox found on an engine, whoever started it. */
export interface SeenSandbox {
  project: string;
  checkout: string;
  /** As the label has it: a process, or empty for a sandbox that is kept. */
  owner: string;
  parts: Partial<Record<Part, SeenPart>>;
}

/** Every sandbox on the engine, the stopped and half-removed ones too. */
export async function surveySandboxes(docker: Dockerode): Promise<SeenSandbox[]> {
  const containers = await docker.listContainers({
    all: true,
    filters: { label: [labels.sandbox] },
  });
  return groupBySandbox(containers);
}

/** What is read of a container. */
type Listed = Pick<Dockerode.ContainerInfo, "Id" | "Labels" | "State" | "Status">;

/** Puts the machines of each sandbox together. */
export function groupBySandbox(containers: readonly Listed[]): SeenSandbox[] {
  const found = new Map<string, SeenSandbox>();
  for (const container of containers) {
    const label = (name: string) => container.Labels[name] ?? "";
    const project = label(labels.sandbox);
    const sandbox = found.get(project) ?? {
      project,
      checkout: label(labels.checkout),
      owner: label(labels.owner),
      parts: {},
    };
    found.set(project, sandbox);
    const part = PARTS.find((name) => name === label(labels.service));
    if (part) sandbox.parts[part] = { id: container.Id, state: container.State, status: container.Status };
  }
  return [...found.values()];
}

/** The sandboxes whose owner was killed before it could take them down. */
export function orphans(
  sandboxes: readonly SeenSandbox[],
  stateOf: (owner: string) => OwnerState | null,
): SeenSandbox[] {
  return sandboxes.filter((sandbox) => stateOf(sandbox.owner) === "dead");
}
