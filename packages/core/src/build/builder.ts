import type { Builder } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";
import type { BuildEngine } from "./engine.ts";

/** Which of buildx's builders builds. */
export interface BuilderChoice {
  /** `default` is the Docker engine itself, through its own driver. */
  name: string;
  driver: string;
  /** What the builder is made of where it does not exist yet; empty for `default`, which always does. */
  nodes: BuilderNode[];
}

/** A machine that belongs to a builder. */
export interface BuilderNode {
  /** A Docker URL, or `ORGANISATION/NAME` in the cloud; null: this machine's engine. */
  endpoint: string | null;
  /** What it builds; empty: whatever it says it can. */
  platforms: string[];
}

/** The engine itself. */
const ENGINE: BuilderChoice = { name: "default", driver: "docker", nodes: [] };

/**
 * Chooses by what is asked and what the engine can do. The engine's own driver is taken wherever it
 * is enough: it needs no image of its own and knows the machine's registries and certificates. Several
 * platforms, a cache or attestations need the containerd image store, or a builder in a container.
 *
 * @throws DeployError CONFIG_INVALID for what cannot be built as configured
 */
export function chooseBuilder(builder: Builder, engine: BuildEngine): BuilderChoice {
  refuseBuildpacks(builder);
  if (builder.driver.startsWith("cloud "))
    return cloud(builder.driver.slice("cloud ".length).trim(), builder);
  const remote = builder.remote !== null && remoteArches(builder, engine).length > 0;
  if (remote) return remoteBuilder(builder, engine, builder.remote ?? "");
  if (engineIsEnough(builder, engine)) return ENGINE;
  if (builder.driver === "docker")
    throw refusal(
      `builder.driver: docker cannot ${beyond(builder)} on this engine's image store`,
      "remove builder.driver, or turn on Docker's containerd image store",
    );
  return {
    name: "cutover-local-docker-container",
    driver: builder.driver,
    nodes: [{ endpoint: null, platforms: [] }],
  };
}

/** @throws DeployError CONFIG_INVALID where buildpacks are asked for */
export function refuseBuildpacks({ pack }: Pick<Builder, "pack">): void {
  if (pack !== null)
    throw refusal("builder.pack: building with buildpacks is not supported", "write a Dockerfile");
}

/** `linux/amd64` */
export function platform(arch: string): string {
  return `linux/${arch}`;
}

function engineIsEnough(builder: Builder, engine: BuildEngine): boolean {
  return engine.containerdStore || beyond(builder) === null;
}

/** What of the wishes the classic image store does not grant; null when it grants them all. */
function beyond(builder: Builder): string | null {
  if (builder.arches.length > 1) return `build ${builder.arches.join(" and ")} at once`;
  if (builder.cache !== null) return "keep a build cache elsewhere";
  const attested = [builder.provenance, builder.sbom].some((value) => value !== null && value !== "false");
  return attested ? "attach attestations" : null;
}

/** Without local builds everything is built remotely, else what this machine's engine is not made for. */
function remoteArches(builder: Builder, engine: BuildEngine): string[] {
  return builder.local ? builder.arches.filter((arch) => arch !== engine.architecture) : builder.arches;
}

function remoteBuilder(builder: Builder, engine: BuildEngine, url: string): BuilderChoice {
  const away = remoteArches(builder, engine);
  const here = builder.arches.filter((arch) => !away.includes(arch));
  const suffix = url.toLowerCase().replace(/[^a-z0-9_-]/g, "-");
  const node = { endpoint: url, platforms: away.map(platform) };
  // The engine's own driver cannot reach other machines.
  const driver = "docker-container";
  return here.length === 0
    ? { name: `cutover-remote-${suffix}`, driver, nodes: [node] }
    : {
        name: `cutover-hybrid-${driver}-${suffix}`,
        driver,
        nodes: [{ endpoint: null, platforms: here.map(platform) }, node],
      };
}

function cloud(address: string, builder: Builder): BuilderChoice {
  return {
    name: `cloud-${address.replace("/", "-")}`,
    driver: "cloud",
    nodes: [{ endpoint: address, platforms: builder.arches.map(platform) }],
  };
}

function refusal(cause: string, hint: string): DeployError {
  return new DeployError("CONFIG_INVALID", { cause, hint, state: "unchanged" });
}
