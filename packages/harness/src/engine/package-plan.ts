import type { OperatingSystem } from "./os-release.ts";

/** Debian packages to fetch for an engine of our own, or for its command-line tools alone. */
export interface PackagePlan {
  /** From the releases this system is set up for, with whatever of their dependencies it lacks. */
  own: string[];
  /** From Debian 13, just these: they are static enough to run on the release before. */
  trixie: string[];
}

const CLI = ["docker-cli", "docker-compose", "docker-buildx"];
const RUNTIME = ["runc", "iptables"];

/** The oldest release whose own Docker is recent enough: version 12 has 20.10 and no Compose 2. */
const FIRST_DEBIAN_WITH_RECENT_DOCKER = 13;
const LAST_DEBIAN_WITH_OLD_DOCKER = 12;

/** What an engine needs on this system; null where we do not know how to bring one. */
export function enginePackages(system: OperatingSystem): PackagePlan | null {
  if (system.id === "ubuntu") {
    return { own: ["docker.io", "docker-compose-v2", "docker-buildx", ...RUNTIME], trixie: [] };
  }
  switch (debianGeneration(system)) {
    case "recent":
      return { own: ["docker.io", "containerd", ...CLI, ...RUNTIME], trixie: [] };
    case "before":
      // runc comes from the system's own release: it is linked to that release's libseccomp.
      return { own: [...RUNTIME, "debian-archive-keyring"], trixie: ["docker.io", "containerd", ...CLI] };
    default:
      return null;
  }
}

/** What `docker compose` and `docker buildx` need on this system, where an engine answers already. */
export function toolPackages(system: OperatingSystem): PackagePlan | null {
  if (system.id === "ubuntu") return { own: ["docker.io", "docker-compose-v2", "docker-buildx"], trixie: [] };
  switch (debianGeneration(system)) {
    case "recent":
      return { own: CLI, trixie: [] };
    case "before":
      return { own: ["debian-archive-keyring"], trixie: CLI };
    default:
      return null;
  }
}

function debianGeneration(system: OperatingSystem): "recent" | "before" | null {
  if (system.id !== "debian") return null;
  if (system.version === "" || Number(system.version) >= FIRST_DEBIAN_WITH_RECENT_DOCKER) return "recent";
  return Number(system.version) === LAST_DEBIAN_WITH_OLD_DOCKER ? "before" : null;
}
