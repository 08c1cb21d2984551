import type { Builder } from "../config.ts";
import type { BuilderFile } from "../schema/builder.ts";
import { defaults } from "../schema/defaults.ts";
import { filled } from "./env.ts";
import type { Report } from "./report.ts";

/** @param architecture what is built for where the file does not say */
export function resolveBuilder(
  file: BuilderFile | undefined = {},
  architecture: Builder["arches"][number],
  report: Report,
): Builder {
  const arches = [file.arch ?? architecture].flat();
  const local = file.local ?? true;
  if (!local && file.remote === undefined) {
    report.problem(
      ["builder", "local"],
      "cannot be false without builder.remote: there is nothing to build on",
    );
  }
  if (file.pack && arches.length > 1) {
    report.problem(["builder", "pack"], "buildpacks build for one arch only");
  }
  return {
    arches: [...new Set(arches)],
    context: file.context ?? null,
    dockerfile: file.dockerfile ?? defaults.dockerfile,
    target: file.target ?? null,
    args: filled(file.args ?? {}, ["builder", "args"], report),
    secrets: (file.secrets ?? []).map((secret) => ({ secret })),
    ssh: file.ssh ?? null,
    remote: file.remote ?? null,
    local,
    driver: file.driver ?? defaults.driver,
    cache: file.cache
      ? { type: file.cache.type, options: file.cache.options ?? null, image: file.cache.image ?? null }
      : null,
    provenance: file.provenance ?? null,
    sbom: file.sbom ?? null,
    pack: file.pack ?? null,
  };
}
