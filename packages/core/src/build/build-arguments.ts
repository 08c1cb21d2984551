import type { Builder } from "../config/config.ts";

/** What one build is about, besides the configuration. */
export interface BuildRequest {
  /** With its registry, without a tag. */
  repository: string;
  version: string;
  /** `latest`, or `latest-destination`. */
  latest: string;
  /** The label by which pulled images are known to be this service's. */
  service: string;
  noCache: boolean;
  /** Where buildx is to write the digest. */
  metadataFile: string;
}

/**
 * The arguments of `docker` that build an image and push it. Names of secrets are in them, values
 * never: buildx reads those from its environment.
 */
export function buildArguments(builder: Builder, request: BuildRequest): string[] {
  const { repository } = request;
  return [
    ...["buildx", "build", "--progress", "plain", "--push"],
    ...["--platform", builder.arches.map((arch) => `linux/${arch}`).join(",")],
    ...["--tag", `${repository}:${request.version}`, "--tag", `${repository}:${request.latest}`],
    ...["--label", `service=${request.service}`],
    ...Object.entries(builder.args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    ...builder.secrets.flatMap(({ secret }) => ["--secret", `id=${secret},env=${secret}`]),
    ...cacheArguments(builder, repository),
    ...["--file", builder.dockerfile],
    ...given("--target", builder.target),
    ...given("--ssh", builder.ssh),
    ...given("--provenance", builder.provenance),
    ...given("--sbom", builder.sbom),
    ...(request.noCache ? ["--no-cache"] : []),
    ...["--metadata-file", request.metadataFile],
    builder.context ?? ".",
  ];
}

function given(flag: string, value: string | null): string[] {
  return value === null ? [] : [flag, value];
}

function cacheArguments({ cache }: Builder, repository: string): string[] {
  if (cache === null) return [];
  const options = cache.options === null ? [] : [cache.options];
  const ref = cache.type === "registry" ? [`ref=${cache.image ?? `${repository}-build-cache`}`] : [];
  const to = [`type=${cache.type}`, ...ref, ...options].join(",");
  const from = [`type=${cache.type}`, ...ref].join(",");
  return ["--cache-to", to, "--cache-from", from];
}
