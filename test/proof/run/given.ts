import { commitHello } from "../../../packages/harness/src/apps/hello.ts";
import { HarnessError } from "../../../packages/harness/src/harness-error.ts";
import type { Sandbox } from "../../../packages/harness/src/sandbox/sandbox.ts";
import { strays } from "../judge/strays.ts";
import { lookAtFleet } from "./look.ts";

/** Few releases are kept, so that every deploy has something to prune. */
const RETAINED = 1;

/** Versions of the app, counted up over all stories: each story begins with what the last one ended with. */
let version = 0;
export const nextVersion = () => String(++version);

/**
 * Has one version serve on both hosts, with nothing else there than there has to be. What the story
 * before left is kept where it is in order, which saves most of the time.
 *
 * @returns the version
 */
export async function givenInOrder(sandbox: Sandbox): Promise<string> {
  await sandbox.deployer.restoreApps();
  await retainFew(sandbox);
  const served = await inOrder(sandbox);
  if (served !== null) return served;
  await setUp(sandbox);
  // With one release before it there is something to drain, to stop and, at the next one, to prune.
  return mustDeploy(sandbox, "deploy");
}

/** Nothing of the app is left before it, and all images are: what a story has broken beyond that needs new VMs. */
async function setUp(sandbox: Sandbox): Promise<void> {
  try {
    await sandbox.clear();
    await retainFew(sandbox);
    await mustDeploy(sandbox, "deploy setup");
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    await sandbox.reset();
    await retainFew(sandbox);
    await mustDeploy(sandbox, "deploy setup");
  }
}

const retainFew = ({ deployer }: Sandbox) =>
  deployer.run(`echo 'retain_containers: ${RETAINED}' >> config/deploy.yml`);

async function mustDeploy(sandbox: Sandbox, command: string): Promise<string> {
  const fresh = nextVersion();
  await commitHello(sandbox.deployer, { version: fresh });
  const { exitCode, output } = await sandbox.deployer.run(command);
  if (exitCode === 0) return fresh;
  throw new HarnessError("SANDBOX_FAILED", {
    cause: `${command} ended with ${exitCode} where nothing was wrong: ${output.trim().slice(-1_000)}`,
  });
}

async function inOrder(sandbox: Sandbox): Promise<string | null> {
  const { vm1, vm2 } = await lookAtFleet(sandbox).catch(() => ({ vm1: null, vm2: null }));
  if (vm1 === null || vm2 === null || vm1.serves !== vm2.serves) return null;
  const found = [vm1, vm2].flatMap(strays);
  const strangers = [vm1, vm2].flatMap(({ containers }) =>
    containers.filter(({ app, kind }) => app !== "hello" && kind !== "proxy"),
  );
  const known = Number(vm1.serves) <= version && Number(vm1.serves) > 0;
  return found.length === 0 && strangers.length === 0 && known ? vm1.serves : null;
}
