import type { Needs } from "./needs.ts";
import type { OperatingSystem } from "./os-release.ts";

/** Debian packages to fetch for an engine of our own, or for its command-line tools alone. */
export interface PackagePlan {
  /** From the releases this system is set up for, with whatever of their dependencies it lacks. */
  own: string[];
  /** From Debian 13, just these: they are static enough to run on the release before. */
  trixie: string[];
  /** What has to be there, from these packages or from the system, before they are relied on. */
  needs: Needs;
}

const CLI = ["docker-cli", "docker-compose", "docker-buildx"];
const RUNTIME = ["runc", "iptables"];

const TOOLS: Needs = { programs: ["docker"], linked: [], plugins: ["docker-compose", "docker-buildx"] };
const ENGINE: Needs = {
  ...TOOLS,
  programs: [...TOOLS.programs, "dockerd", "docker-proxy", "containerd", "containerd-shim-runc-v2"],
  linked: RUNTIME,
};

/** The oldest release whose own Docker is recent enough: version 12 has 20.10 and no Compose 2. */
const FIRST_DEBIAN_WITH_RECENT_DOCKER = 13;
const LAST_DEBIAN_WITH_OLD_DOCKER = 12;

/** What an engine needs on this system; null where we do not know how to bring one. */
export function enginePackages(system: OperatingSystem): PackagePlan | null {
  if (system.id === "ubuntu") {
    return {
      own: ["docker.io", "docker-compose-v2", "docker-buildx", ...RUNTIME],
      trixie: [],
      needs: ENGINE,
    };
  }
  switch (debianGeneration(system)) {
    case "recent":
      return { own: ["docker.io", "containerd", ...CLI, ...RUNTIME], trixie: [], needs: ENGINE };
    case "before":
      // runc comes from the system's own release: it is linked to that release's libseccomp.
      return {
        own: [...RUNTIME, "debian-archive-keyring"],
        trixie: ["docker.io", "containerd", ...CLI],
        needs: ENGINE,
      };
    default:
      return null;
  }
}

/** What `docker compose` and `docker buildx` need on this system, where an engine answers already. */
export function toolPackages(system: OperatingSystem): PackagePlan | null {
  if (system.id === "ubuntu") {
    return { own: ["docker.io", "docker-compose-v2", "docker-buildx"], trixie: [], needs: TOOLS };
  }
  switch (debianGeneration(system)) {
    case "recent":
      return { own: CLI, trixie: [], needs: TOOLS };
    case "before":
      return { own: ["debian-archive-keyring"], trixie: CLI, needs: TOOLS };
    default:
      return null;
  }
}

function debianGeneration(system: OperatingSystem): "recent" | "before" | null {
  if (system.id !== "debian") return null;
  if (system.version === "" || Number(system.version) >= FIRST_DEBIAN_WITH_RECENT_DOCKER) return "recent";
  return Number(system.version) === LAST_DEBIAN_WITH_OLD_DOCKER ? "before" : null;
}
