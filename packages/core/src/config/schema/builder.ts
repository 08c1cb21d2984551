import { z } from "zod";
import { defaults } from "./defaults.ts";
import { emptyableTextMap, flag, inWords, optional, text, texts } from "./fields.ts";

const arch = z.enum(["amd64", "arm64"]);

const cache = z.strictObject({
  type: z.enum(["gha", "registry"]).meta({ description: "Where the build cache is kept." }),
  options: optional(text, "Options of the cache, such as `mode=max`."),
  image: optional(text, "The image that holds the cache, for `registry`."),
});

const pack = z.strictObject({
  builder: text.meta({ description: "The buildpacks builder image." }),
  buildpacks: texts.meta({ description: "The buildpacks, in order." }),
});

/** `builder`. */
export const builder = z.strictObject({
  arch: optional(
    z.union([arch, z.array(arch).min(1)], { error: "expected amd64, arm64, or a list of them" }),
    "The processor families of the hosts: `amd64`, `arm64`, or both in a list.",
    inWords("this machine's"),
  ),
  context: optional(text, "The folder that is built.", inWords("a clean clone of the git commit")),
  dockerfile: optional(text, "The Dockerfile, relative to the context.", defaults.dockerfile),
  target: optional(text, "The stage of the Dockerfile.", inWords("the last one")),
  args: optional(emptyableTextMap, "Build arguments. They stay in the image's history: never a secret.", {}),
  secrets: optional(texts, "Secrets for `RUN --mount=type=secret,id=NAME`.", []),
  ssh: optional(text, "SSH agent or keys for the build, such as `default`."),
  remote: optional(text, "Another machine to build on: `ssh://user@host`."),
  local: optional(flag, "Whether this machine may build at all.", true),
  driver: optional(
    text,
    "buildx's driver: `docker-container`, `docker`, or `cloud ORG/NAME`.",
    defaults.driver,
  ),
  cache: optional(cache, "A build cache that outlives the builder."),
  provenance: optional(text, "As `docker buildx build --provenance` has it."),
  sbom: optional(text, "As `docker buildx build --sbom` has it."),
  pack: optional(pack, "Build with buildpacks, without a Dockerfile."),
});

export type BuilderFile = z.output<typeof builder>;
