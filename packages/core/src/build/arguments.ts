import type { Config } from "../config/config.ts";
import { platform } from "./builder.ts";

/** What of the configuration a build is made from. */
export type BuildConfig = Pick<
  Config,
  "service" | "destination" | "image" | "repository" | "registry" | "builder"
>;

/** Everything about one build that does not come from the configuration. */
export interface BuildTarget {
  version: string;
  /** buildx's name of the builder. */
  builder: string;
  /** The context as Docker takes it: a folder or a URL. */
  context: string;
  /** Where buildx writes what became of the build. */
  metadataFile: string;
  /** Which cached layers may be used. */
  layers: "cached" | "anew";
  /** To the registry, or to this machine's engine. */
  output: "push" | "load";
}

/** `docker …` arguments that build and push; no secret is among them. */
export function buildArguments(config: BuildConfig, target: BuildTarget): string[] {
  const { builder } = config;
  return [
    "buildx",
    "build",
    `--${target.output}`,
    "--progress=plain",
    `--builder=${target.builder}`,
    `--platform=${builder.arches.map(platform).join(",")}`,
    ...imageTags(config, target.version).map((tag) => `--tag=${tag}`),
    `--label=service=${config.service}`,
    `--metadata-file=${target.metadataFile}`,
    ...cacheArguments(config),
    ...Object.entries(builder.args).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...builder.secrets.map(({ secret }, index) => `--secret=id=${secret},env=${secretVariable(index)}`),
    `--file=${builder.dockerfile}`,
    ...optional("target", builder.target),
    ...optional("ssh", builder.ssh),
    ...optional("provenance", builder.provenance),
    ...optional("sbom", builder.sbom),
    ...(target.layers === "anew" ? ["--no-cache"] : []),
    target.context,
  ];
}

/** `registry/app:version` and `registry/app:latest[-destination]`. */
function imageTags(config: BuildConfig, version: string): string[] {
  const latest = config.destination === null ? "latest" : `latest-${config.destination}`;
  return [`${config.repository}:${version}`, `${config.repository}:${latest}`];
}

/**
 * The variable that carries a build secret. Never the secret's own name, which may be one that means
 * something to Docker.
 */
export function secretVariable(index: number): string {
  return `CUTOVER_BUILD_SECRET_${index}`;
}

function optional(name: string, value: string | null): string[] {
  return value === null ? [] : [`--${name}=${value}`];
}

function cacheArguments(config: BuildConfig): string[] {
  const { cache } = config.builder;
  if (cache === null) return [];
  const registry = config.registry.server === null ? "" : `${config.registry.server}/`;
  const image = cache.image ?? `${config.image}-build-cache`;
  const place = cache.type === "registry" ? `type=registry,ref=${registry}${image}` : "type=gha";
  const options = cache.options === null ? "" : `,${cache.options}`;
  return [`--cache-to=${place}${options}`, `--cache-from=${place}`];
}
