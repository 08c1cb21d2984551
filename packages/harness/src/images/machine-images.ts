import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkout } from "../checkout.ts";
import { HarnessError } from "../harness-error.ts";
import { command } from "../process/command.ts";
import type { BaseImageContext } from "./debian-image.ts";
import { fingerprint } from "./fingerprint.ts";
import { hasImage } from "./pull.ts";

const MACHINES = ["shared", "packages", "registry", "deployer", "vm", "load_balancer"];

/**
 * Builds the machines' images when what they are made of changed.
 *
 * @returns their tag, for `CUTOVER_SANDBOX_IMAGES` of `docker-compose.yml`.
 * @throws HarnessError `IMAGE_FAILED` with the end of the build's output, `DISK_FULL`.
 */
export async function ensureMachineImages(context: BaseImageContext): Promise<string> {
  const compose = await readFile(join(checkout, "docker-compose.yml"), "utf8");
  const tag = await fingerprint(checkout, ["harness/images"], compose);
  const there = await Promise.all(
    MACHINES.map((machine) => hasImage(context.docker, `cutover-sandbox/${machine}:${tag}`)),
  );
  if (there.every(Boolean)) return tag;

  context.say("Building the machines' images (about a minute the first time)");
  const env = { ...context.env, CUTOVER_SANDBOX_IMAGES: tag };
  const built = await command("docker", ["compose", "--progress", "plain", "build"], {
    cwd: checkout,
    env,
    signal: context.signal,
  });
  if (built.exitCode !== 0) throw buildFailed(`${built.stdout}\n${built.stderr}`);
  return tag;
}

function buildFailed(output: string): HarnessError {
  const details = output.trim().split("\n").slice(-15);
  if (/no space left on device/i.test(output)) {
    return new HarnessError("DISK_FULL", {
      cause: "The machines' images could not be built: the Docker engine has no room left",
      hint: "Make room, for instance with `docker system prune`.",
      details,
    });
  }
  return new HarnessError("IMAGE_FAILED", { cause: "The machines' images could not be built", details });
}
