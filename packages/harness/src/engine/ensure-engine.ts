import { mkdir } from "node:fs/promises";
import { cacheFolder } from "../cache.ts";
import { HarnessError } from "../harness-error.ts";
import { whileLocked } from "../owner/lock.ts";
import { dockerAt } from "./ask.ts";
import { chooseEngine } from "./choice.ts";
import { startDaemon, stopDaemon } from "./daemon.ts";
import { type EngineFolders, engineFolders } from "./folders.ts";
import { enginePackages } from "./package-plan.ts";
import { type Unpacked, unpackedPackages } from "./packages.ts";
import { probeMachine } from "./probe.ts";
import { programEnvironment } from "./programs.ts";
import { toolEnvironment } from "./tools.ts";
import { arrive, leave } from "./users.ts";

/** An engine that answers, and the docker command with Compose and buildx to use it with. */
export interface Engine {
  /** As `DOCKER_HOST` has it. */
  dockerHost: string;
  /** This process's environment, with `DOCKER_HOST` and what makes the docker command and its plugins found. */
  env: NodeJS.ProcessEnv;
  /** Whether it is one of ours, rather than the user's. */
  ours: boolean;
  /**
   * Says that this process needs it no more. The user's own engine is left as it is; one of ours is
   * stopped when nobody else uses it and no container runs on it.
   */
  release(): Promise<void>;
}

/** What {@link ensureEngine} is given. */
export interface EngineContext {
  env: NodeJS.ProcessEnv;
  /** Takes a line about what is about to be downloaded or started. */
  say: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Finds the engine that answers, or brings one up where none does: without installing anything,
 * with its data in the cache folder.
 *
 * @throws HarnessError `ENGINE_MISSING` when there is none and none can be had, `DOWNLOAD_FAILED`,
 *   `ENGINE_FAILED`, `DISK_FULL`.
 */
export async function ensureEngine(context: EngineContext): Promise<Engine> {
  const folders = engineFolders(cacheFolder(context.env));
  const choice = await choose(folders, context);
  return choice.kind === "use" ? usersEngine(choice.host, folders, context) : ourEngine(folders, context);
}

/**
 * Finds the engine that {@link ensureEngine} would use if it answers already; starts none.
 *
 * @returns null where none answers.
 * @throws HarnessError as {@link ensureEngine} does.
 */
export async function findEngine(context: EngineContext): Promise<Engine | null> {
  const folders = engineFolders(cacheFolder(context.env));
  const choice = chooseEngine(await probeMachine(folders.host, context.env));
  if (choice.kind === "use") return usersEngine(choice.host, folders, context);
  return choice.kind === "join" ? ourEngine(folders, context) : null;
}

async function usersEngine(host: string, folders: EngineFolders, context: EngineContext): Promise<Engine> {
  const env = { ...(await toolEnvironment(folders, context)), DOCKER_HOST: host };
  return { dockerHost: host, env, ours: false, release: async () => {} };
}

async function ourEngine(folders: EngineFolders, context: EngineContext): Promise<Engine> {
  await mkdir(folders.root, { recursive: true });
  return whileLocked(folders.lock, context.signal, async () => {
    // Another run may have started or stopped it while this one waited for its turn.
    const now = await choose(folders, context);
    return now.kind === "use" ? usersEngine(now.host, folders, context) : upAndRunning(now, folders, context);
  });
}

async function choose(folders: EngineFolders, context: EngineContext) {
  const machine = await probeMachine(folders.host, context.env);
  const choice = chooseEngine(machine);
  if (choice.kind === "refuse") throw new HarnessError("ENGINE_MISSING", choice);
  return { ...choice, machine };
}

type OwnChoice = Exclude<Awaited<ReturnType<typeof choose>>, { kind: "use" }>;

async function upAndRunning(
  choice: OwnChoice,
  folders: EngineFolders,
  context: EngineContext,
): Promise<Engine> {
  const { machine } = choice;
  const plan = machine.system && enginePackages(machine.system);
  const power = machine.power === "none" ? "sudo" : machine.power;
  if (!machine.system || !plan) throw unknownSystem();
  const environment = (unpacked: Unpacked) => programEnvironment(unpacked, folders.root, context.env);
  const wanted = { system: machine.system, plan, environment };
  const programs = await unpackedPackages(folders.packages, wanted, context);
  const env = { ...programs.env, DOCKER_HOST: folders.host };
  if (choice.kind === "start") {
    context.say(`Starting a Docker engine of our own, with its data in ${folders.data}`);
    try {
      await startDaemon(folders, { power, env, signal: context.signal });
    } catch (error) {
      // Called off, or too slow: it may be half-way up, and nobody has written down to stop it.
      await stopDaemon(folders, { power });
      throw error;
    }
  }
  await arrive(folders.users);
  const release = () =>
    whileLocked(folders.lock, AbortSignal.timeout(RELEASE_TIMEOUT_MS), async () => {
      const others = await leave(folders.users);
      if (others === 0 && !(await isBusy(folders.host))) await stopDaemon(folders, { power });
    });
  return { dockerHost: folders.host, env, ours: true, release };
}

/** Longer than a stop takes, so that a run that is just leaving is waited for. */
const RELEASE_TIMEOUT_MS = 60_000;

/**
 * Whether something runs on it that was meant to stay: a kept sandbox, or what a user started. One that does
 * not answer may be busy too, and is left for the next run to stop.
 */
async function isBusy(host: string): Promise<boolean> {
  const running = await dockerAt(host)
    .listContainers()
    .catch(() => null);
  return running === null || running.length > 0;
}

function unknownSystem(): HarnessError {
  const cause = "An engine of ours runs, but its packages are not known on this system";
  return new HarnessError("ENGINE_MISSING", { cause, hint: "Install and start Docker 25 or later." });
}
