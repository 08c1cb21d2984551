import { commitHello } from "../../../packages/harness/src/apps/hello.ts";
import type { Sandbox } from "../../../packages/harness/src/sandbox/sandbox.ts";
import type { Told } from "../judge/told.ts";
import { eventsOf } from "./client.ts";
import { endLeases } from "./leases.ts";

const LOCK_HELD = 10;

/** What a person does next: the same command again, once the lock of a client that is no more has run out. */
export async function deployNext(sandbox: Sandbox, version: string): Promise<Told["next"]> {
  await commitHello(sandbox.deployer, { version });
  const first = await deploy(sandbox);
  if (first.exitCode !== LOCK_HELD) return { ...first, waitedForLock: false };
  await endLeases(sandbox);
  return { ...(await deploy(sandbox)), waitedForLock: true };
}

async function deploy(sandbox: Sandbox) {
  const { exitCode, stdout, output } = await sandbox.deployer.run("deploy --json");
  return { exitCode, events: eventsOf(stdout), output };
}
