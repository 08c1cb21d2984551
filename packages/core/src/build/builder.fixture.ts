import type { Builder } from "../config/config.ts";

/** A builder as a file that says nothing of it gets one, for one platform. */
export function aBuilder(changes: Partial<Builder> = {}): Builder {
  return {
    arches: ["amd64"],
    context: null,
    dockerfile: "Dockerfile",
    target: null,
    args: {},
    secrets: [],
    ssh: null,
    remote: null,
    local: true,
    driver: "docker-container",
    cache: null,
    provenance: null,
    sbom: null,
    pack: null,
    ...changes,
  };
}
