import { readFile } from "node:fs/promises";
import { command } from "../process/command.ts";
import { askEngine } from "./ask.ts";
import type { EngineProbe, MachineProbe } from "./choice.ts";
import { parseOsRelease } from "./os-release.ts";

const DEFAULT_SOCKET = "unix:///var/run/docker.sock";

/** Looks at this machine: which engines answer, what system it is, and what this user may do. */
export async function probeMachine(oursAt: string, env: NodeJS.ProcessEnv): Promise<MachineProbe> {
  const [engines, ours, system, power] = await Promise.all([
    namedEngines(env),
    askEngine(oursAt),
    readSystem(),
    readPower(),
  ]);
  return {
    platform: process.platform,
    engines,
    ours: ours === "answers" ? oursAt : null,
    system,
    power,
  };
}

/** Which system this is; null where nothing says so. */
export async function readSystem(): Promise<MachineProbe["system"]> {
  const text = await readFile("/etc/os-release", "utf8").catch(() => null);
  return text === null ? null : parseOsRelease(text);
}

async function namedEngines(env: NodeJS.ProcessEnv): Promise<EngineProbe[]> {
  const named = env["DOCKER_HOST"];
  if (named) return [await probe("DOCKER_HOST", named, true)];
  const context = await currentContext();
  if (context && context.host !== DEFAULT_SOCKET) {
    return [await probe(`the docker context "${context.name}"`, context.host, true)];
  }
  return [await probe("the default socket", DEFAULT_SOCKET, false)];
}

async function probe(namedBy: string, host: string, deliberate: boolean): Promise<EngineProbe> {
  return { namedBy, host, deliberate, answer: await askEngine(host) };
}

/** The docker command's current context; null without a docker command. */
async function currentContext(): Promise<{ name: string; host: string } | null> {
  const format = "{{.Name}}\t{{.Endpoints.docker.Host}}";
  const inspected = await command("docker", ["context", "inspect", "--format", format]);
  const [name, host] = inspected.stdout.trim().split("\t");
  return inspected.exitCode === 0 && name && host ? { name, host } : null;
}

async function readPower(): Promise<MachineProbe["power"]> {
  if (process.getuid?.() === 0) return "root";
  const sudo = await command("sudo", ["--non-interactive", "true"]);
  return sudo.exitCode === 0 ? "sudo" : "none";
}
