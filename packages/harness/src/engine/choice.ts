import type { OperatingSystem } from "./os-release.ts";
import { enginePackages, type PackagePlan } from "./package-plan.ts";

/** A place where an engine may listen, and what came of asking there. */
export interface EngineProbe {
  /** What names this place, for messages: `DOCKER_HOST`, `the docker context "orbstack"`. */
  namedBy: string;
  /** `unix:///var/run/docker.sock`, `tcp://…`, `npipe://…`, `ssh://…` */
  host: string;
  /** `absent`: nothing listens there. `forbidden`: this user may not ask. */
  answer: "answers" | "absent" | "forbidden";
  /** Named on purpose by the user, so that falling back to another engine would be a surprise. */
  deliberate: boolean;
}

/** What was seen of this machine. */
export interface MachineProbe {
  platform: NodeJS.Platform;
  /** In the order in which the docker command itself would go. */
  engines: EngineProbe[];
  /** The engine that an earlier or concurrent run of ours started, if it answers. */
  ours: string | null;
  /** Null where there is no /etc/os-release. */
  system: OperatingSystem | null;
  power: "root" | "sudo" | "none";
}

/** What to do about an engine. */
export type EngineChoice =
  | { kind: "use"; host: string; namedBy: string }
  /** One that we started, now or before: it has users, and the last one stops it. */
  | { kind: "join"; host: string }
  | { kind: "start"; packages: PackagePlan; power: "root" | "sudo" }
  | { kind: "refuse"; cause: string; hint: string };

/** Chooses an engine. An engine that answers is used as it is; one is started only where none does. */
export function chooseEngine(machine: MachineProbe): EngineChoice {
  for (const engine of machine.engines) {
    if (engine.answer === "answers") return { kind: "use", host: engine.host, namedBy: engine.namedBy };
    if (engine.deliberate) {
      return {
        kind: "refuse",
        cause: `No Docker engine answers at ${engine.host}, which ${engine.namedBy} names`,
        hint: `Start that engine, or unset ${engine.namedBy}.`,
      };
    }
    // A second engine beside a running one would take its iptables rules apart.
    if (engine.answer === "forbidden") {
      return {
        kind: "refuse",
        cause: `A Docker engine listens at ${engine.host}, but this user may not use it`,
        hint: "Join the group docker (sudo usermod -aG docker $USER, then log in again), or use sudo.",
      };
    }
  }
  if (machine.ours !== null) return { kind: "join", host: machine.ours };
  return startOwn(machine);
}

function startOwn(machine: MachineProbe): EngineChoice {
  const cause = "No Docker engine answers, and none can be started here";
  if (machine.platform !== "linux") {
    return { kind: "refuse", cause, hint: "Start Docker Desktop or OrbStack, then try again." };
  }
  const packages = machine.system && enginePackages(machine.system);
  if (!packages) {
    const name = machine.system?.name ?? "this system";
    return {
      kind: "refuse",
      cause: `${cause}: it is known how on Debian 12 and 13 and on Ubuntu, not on ${name}`,
      hint: "Install and start Docker 25 or later, then try again.",
    };
  }
  if (machine.power === "none") {
    return {
      kind: "refuse",
      cause: `${cause}: that takes root, and sudo is not to be had without a password`,
      hint: "Start Docker, or run this as root or after `sudo -v`.",
    };
  }
  return { kind: "start", packages, power: machine.power };
}
