import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandContext } from "../commands/context.ts";
import type { Registry } from "../config/config.ts";
import type { Secret } from "../config/env.ts";
import { DeployError } from "../errors/index.ts";
import { tagReference } from "../release/release.ts";
import type { GitState } from "../release/version.ts";
import { type BuildConfig, buildArguments, secretVariable } from "./arguments.ts";
import { chooseBuilder } from "./builder.ts";
import type { Login } from "./docker-config.ts";
import { engineQuestion, readEngine } from "./engine.ts";
import { ensureBuilder } from "./ensure-builder.ts";
import { explainBuildFailure } from "./failure.ts";
import { localImages } from "./local-images.ts";
import { type ProgramEnd, runProgram } from "./program.ts";
import { openSource, type Source } from "./source.ts";
import { warnOfUncommitted } from "./uncommitted.ts";
import { openWorkplace } from "./workplace.ts";

/** The secrets that a build asks for. */
interface BuildSecrets {
  /** @throws DeployError SECRET_MISSING */
  get(name: string): Promise<string>;
  /** Hides every secret that has been read. */
  redact(text: string): string;
}

/** What of the command's surroundings a build needs. */
export type BuildContext = Pick<CommandContext, "cwd" | "home" | "env" | "events" | "signal" | "clock">;

export interface BuildRequest {
  config: BuildConfig;
  git: GitState;
  version: string;
  layers: "cached" | "anew";
  secrets: BuildSecrets;
}

/** An image that lies in the registry, or without one in the store of this machine's engine. */
export interface BuiltImage {
  /** Of what the registry holds under the tags, or what the engine calls it: `sha256:…`. */
  digest: string;
  /** By digest: `registry.example.com/acme/shop@sha256:…`. */
  imageReference: string;
  ms: number;
}

/**
 * Builds the image on this machine, or where the configuration says, and pushes it; without a
 * registry it is left in the store of this machine's engine. Every line of the build comes as an `output` event whose source is `build`.
 *
 * @throws DeployError BUILDER_MISSING, BUILD_FAILED, NOT_A_REPOSITORY, REGISTRY_REFUSED,
 *   TRANSFER_FAILED, SECRET_MISSING, CONFIG_INVALID, INTERRUPTED or TERMINATED
 */
export async function buildAndPush(context: BuildContext, request: BuildRequest): Promise<BuiltImage> {
  const started = context.clock.monotonic();
  const [engine, source] = await both(askEngine(context), openSourceOf(context, request), (opened) =>
    opened.release(),
  );
  try {
    warnOfUncommitted(context, source.uncommitted);
    const builder = chooseBuilder(request.config.builder, engine);
    await ensureBuilder(builder, (...args) => docker(context, args, context.cwd, context.env));
    const digest = await build(context, request, source, builder.name);
    const ms = context.clock.monotonic() - started;
    return { digest, imageReference: `${request.config.repository}@${digest}`, ms };
  } finally {
    await source.release();
  }
}

async function askEngine(context: BuildContext) {
  return readEngine(await docker(context, engineQuestion, context.cwd, context.env));
}

function openSourceOf(context: BuildContext, { config, git }: BuildRequest): Promise<Source> {
  const { context: folder, dockerfile } = config.builder;
  const { cwd, signal } = context;
  return openSource({ cwd, git, context: folder, dockerfile, place: context, signal });
}

/** Waits for both; when one fails, lets go of what the other opened. */
async function both<A, B>(
  first: Promise<A>,
  second: Promise<B>,
  letGo: (b: B) => Promise<void>,
): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === "rejected" && b.status === "fulfilled") await letGo(b.value);
  if (a.status === "rejected") throw a.reason;
  if (b.status === "rejected") throw b.reason;
  return [a.value, b.value];
}

async function build(
  context: BuildContext,
  request: BuildRequest,
  source: Source,
  builder: string,
): Promise<string> {
  const { config, version, layers, secrets } = request;
  const login = await findLogin(config.registry, secrets);
  const buildSecrets = await Promise.all(config.builder.secrets.map(({ secret }) => secrets.get(secret)));
  const workplace = await openWorkplace(login, context.env, context.home);
  try {
    const metadataFile = join(workplace.folder, "metadata.json");
    const output = config.registry.local ? "load" : "push";
    const args = buildArguments(config, {
      version,
      builder,
      context: source.context,
      metadataFile,
      layers,
      output,
    });
    const named = Object.fromEntries(buildSecrets.map((value, index) => [secretVariable(index), value]));
    const env = { ...workplace.env, ...named };
    const lines: string[] = [];
    const end = await docker(context, args, source.folder, env, (stream, line) => {
      const text = secrets.redact(line);
      lines.push(text);
      context.events({ at: context.clock.now(), type: "output", source: "build", host: null, stream, text });
    });
    if (end?.exitCode !== 0)
      throw explainBuildFailure({ lines, registry: config.registry.server ?? "Docker Hub" });
    if (output === "load") return await loadedId(context, tagReference(config.repository, version));
    return readDigest(await readFile(metadataFile, "utf8"));
  } finally {
    await workplace.close();
  }
}

async function findLogin(registry: Registry, secrets: BuildSecrets): Promise<Login | null> {
  const { server, username, password, local } = registry;
  if (local || username === null || password === null) return null;
  const value = (of: string | Secret) => (typeof of === "string" ? of : secrets.get(of.secret));
  return { server, username: await value(username), password: await value(password) };
}

/** What the engine here calls the image that was built into its store. */
async function loadedId(context: BuildContext, reference: string): Promise<string> {
  const image = await localImages(context).find(reference);
  if (image !== null) return image.id;
  throw new DeployError("BUILD_FAILED", {
    cause: `the image was built, and Docker on this machine does not know ${reference}`,
    hint: "with a builder of your own: does it load its images into Docker here?",
    state: "unchanged",
  });
}

/** Reads the digest from what buildx says of a build it has pushed. */
function readDigest(metadata: string): string {
  const { "containerimage.digest": digest } = JSON.parse(metadata) as { "containerimage.digest"?: string };
  if (digest !== undefined) return digest;
  throw new DeployError("BUILD_FAILED", {
    cause: "buildx pushed the image and did not say its digest",
    hint: "bring Docker's buildx up to date",
    state: "unchanged",
  });
}

function docker(
  { signal }: BuildContext,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  onLine?: (stream: "stdout" | "stderr", text: string) => void,
): Promise<ProgramEnd | null> {
  return runProgram({ program: "docker", args, cwd, env, signal, ...(onLine ? { onLine } : {}) });
}
