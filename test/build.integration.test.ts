import { beforeAll, beforeEach, expect, test } from "vitest";
import { commitAll, commitHello } from "../packages/harness/src/apps/hello.ts";
import { givenVersion1Serves, leftOnHosts, versionsServed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));
beforeEach(() => sandbox.deployer.restoreApps());

const run = (command: string) => sandbox.deployer.run(command);
const exec = async (command: string) => (await run(`deploy app exec -p --reuse '${command}'`)).stdout.trim();

/** What a build may have left on the machine it ran on. */
async function leftByBuilds(): Promise<string> {
  return (await run("ls -d /tmp/cutover-build-* /root/.cache/cutover/source/*/*.pid; pgrep -a buildx"))
    .stdout;
}

test("what is not committed is not built, and that is said", async () => {
  await run("echo changed > server.mjs && touch untracked");
  const { exitCode, output } = await run("deploy");
  expect(exitCode, output).toBe(0);
  expect(output).toMatch(/uncommitted changes are not in the build: .*server\.mjs and 1 more/);
});

test("a new commit is built while the hosts are looked at, and what was built last waits for what they serve", async () => {
  await commitHello(sandbox.deployer, { version: "2" });
  const [first, again] = [await run("deploy --json"), await run("deploy --json")];
  expect(first.exitCode, first.output).toBe(0);
  expect(phasesOf(first.stdout).slice(0, 4)).toEqual([
    "build started",
    "connect started",
    "connect ended",
    "build ended",
  ]);
  expect(phasesOf(again.stdout)).toEqual(["connect started", "connect ended"]);
});

/** The borders of phases, out of what `deploy --json` printed. */
function phasesOf(ndjson: string): string[] {
  return ndjson
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; phase?: string })
    .filter(({ type }) => type.startsWith("phase."))
    .map(({ type, phase }) => `${phase} ${type.slice("phase.".length)}`);
}

test("a context is built as it lies there, under a version that says so", async () => {
  await run("sed -i 's/^  driver: docker/  context: ./' config/deploy.yml");
  await run(`sed -i 's/"version": "1"/"version": "5"/' settings.json`);
  const { exitCode, output } = await run("deploy");
  expect(exitCode, output).toBe(0);
  expect(output).toMatch(/uncommitted changes are in the build/);
  expect(await versionsServed(sandbox)).toEqual(["5", "5"]);
  expect(await exec("echo $DEPLOY_VERSION")).toMatch(/^[0-9a-f]{40}_uncommitted_[0-9a-f]{16}$/);
});

test("a build secret is there for the build, and nowhere after it", async () => {
  await run("sed -i 's/^  driver: docker/  secrets:\\n    - REGISTRY_PASSWORD/' config/deploy.yml");
  const mount =
    "RUN --mount=type=secret,id=REGISTRY_PASSWORD,mode=0444 wc -c < /run/secrets/REGISTRY_PASSWORD > /length";
  await run(`sed -i 's#^USER .*#${mount}#' Dockerfile`);
  await commitAll(sandbox.deployer, "Use a secret");
  const { exitCode, output } = await run("deploy");
  expect(exitCode, output).toBe(0);
  const password = (await run("cat /shared/registry/password")).stdout.trim();
  expect(await exec("cat /length")).toBe(String(password.length));
  expect(output).not.toContain(password);
  const image = "$(docker inspect -f '{{.Image}}' $(docker ps -q --filter label=service=hello))";
  const history = await sandbox.vm(1).run(`docker history --no-trunc ${image}`);
  expect(history.exitCode, history.output).toBe(0);
  expect(history.output).not.toContain(password);
  expect(await leftByBuilds()).toBe("");
});

test("Ctrl-C in the middle of a build ends it, leaves no login behind and touches no host", async () => {
  const before = await leftOnHosts(sandbox);
  await run("sed -i 's/^USER .*/RUN sleep 300/' Dockerfile");
  await commitAll(sandbox.deployer, "Build for long");
  let heard = "";
  const deploying = sandbox.deployer.run("echo $$ > /tmp/build.pid; exec deploy", {
    onOutput: (text) => {
      heard += text;
    },
  });
  await expect.poll(() => heard, { timeout: 20_000 }).toContain("RUN sleep 300");
  await run("kill -INT $(cat /tmp/build.pid)");
  const { exitCode, output } = await deploying;
  expect(exitCode, output).toBe(130);
  expect(await leftByBuilds()).toBe("");
  expect(await leftOnHosts(sandbox)).toEqual(before);
});

test("without buildx it says what to install", async () => {
  const plugin = "/usr/libexec/docker/cli-plugins/docker-buildx";
  await run(`mv ${plugin} ${plugin}.away`);
  const { exitCode, output } = await run("deploy");
  await run(`mv ${plugin}.away ${plugin}`);
  expect(exitCode, output).toBe(30);
  expect(output).toContain("has no buildx");
});

test("a registry that does not answer is told from one that refuses", async () => {
  await run("sed -i 's/server: registry:4443/server: registry:4444/' config/deploy.yml");
  const { exitCode, output } = await run("deploy");
  expect(exitCode, output).toBe(31);
  expect(output).toContain("could not be pushed to registry:4444");
});

test("a Dockerfile that was not committed is told as such", async () => {
  await run("git mv Dockerfile Other && git commit -qm Other && cp Other Dockerfile");
  const { exitCode, output } = await run("deploy");
  expect(exitCode, output).toBe(30);
  expect(output).toContain("Dockerfile is not committed");
});
