import { DeployError } from "../errors/index.ts";
import type { ProgramEnd } from "./program.ts";

/** What has to be known of the Docker engine that builds. */
export interface BuildEngine {
  /** As Docker calls it in platforms: `amd64`. */
  architecture: string;
  /** Whether images lie in containerd's store, which holds several platforms under one name. */
  containerdStore: boolean;
}

/** One call that says all: whether the engine answers, what it is, and which plugins the client found. */
export const engineQuestion = ["info", "--format", "{{json .}}"] as const;

/** The engine's own names of processors, and what platforms call them. */
const ARCHITECTURES: Record<string, string> = { x86_64: "amd64", aarch64: "arm64" };

/** Of all that `docker info` says. */
interface Info {
  Architecture?: string;
  DriverStatus?: [string, string][] | null;
  ServerErrors?: string[];
  ClientInfo?: { Plugins?: { Name: string; Err?: string }[] | null };
}

/**
 * Reads the answer to {@link engineQuestion}.
 *
 * @param end null where there is no `docker` on the PATH
 * @throws DeployError BUILDER_MISSING when docker, its engine or its buildx plugin is missing
 */
export function readEngine(end: ProgramEnd | null): BuildEngine {
  if (end === null)
    throw missing(
      "there is no docker on this machine's PATH",
      "install Docker: https://docs.docker.com/engine/install/",
      [],
    );
  const info = parse(end.stdout.join("\n"));
  const errors = info?.ServerErrors ?? [];
  if (info === null || errors.length > 0)
    throw missing("Docker on this machine does not answer", "start it, and see that `docker info` works", [
      ...errors,
      ...(info === null ? end.stderr : []),
    ]);
  const buildx = info.ClientInfo?.Plugins?.find((plugin) => plugin.Name === "buildx");
  if (buildx === undefined || buildx.Err !== undefined)
    throw missing(
      "Docker on this machine has no buildx",
      "install its package (docker-buildx or docker-buildx-plugin): https://docs.docker.com/build/install-buildx/",
      buildx?.Err === undefined ? [] : [buildx.Err],
    );
  const architecture = info.Architecture ?? "";
  return {
    architecture: ARCHITECTURES[architecture] ?? architecture,
    containerdStore: (info.DriverStatus ?? []).some(
      ([name, value]) => name === "driver-type" && value.startsWith("io.containerd.snapshotter"),
    ),
  };
}

function parse(text: string): Info | null {
  try {
    return JSON.parse(text) as Info;
  } catch {
    // An old client says in plain words that the engine is away; stderr has them.
    return null;
  }
}

function missing(cause: string, hint: string, details: string[]): DeployError {
  return new DeployError("BUILDER_MISSING", { cause, hint, details, state: "unchanged" });
}
