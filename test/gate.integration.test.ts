import { beforeAll, beforeEach, expect, test } from "vitest";
import { commitAll, commitHello } from "../packages/harness/src/apps/hello.ts";
import { deployInVain, givenVersion1Serves } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));
beforeEach(async () => {
  await sandbox.deployer.restoreApps();
  await sandbox.deployer.run("sed -i 's/^deploy_timeout: .*/deploy_timeout: 3/' config/deploy.yml");
});

/** Puts a line at the top of the app's program. */
async function programBegins(line: string): Promise<void> {
  const { stdout } = await sandbox.deployer.run("cat server.mjs");
  await sandbox.deployer.write("server.mjs", stdout.replace(/^import .*/m, `$&\n${line}`));
}

/** Gives vm1 a second role, whose container does something else. */
async function withWorker(command: string): Promise<void> {
  const { stdout } = await sandbox.deployer.run("cat config/deploy.yml");
  const servers = `servers:\n  web: [vm1, vm2]\n  jobs:\n    hosts: [vm1]\n    cmd: ${command}\n    stop_timeout: 1`;
  const config = stdout.replace(/^servers:\n( {2}- .*\n)+/m, `${servers}\n`);
  await sandbox.deployer.write("config/deploy.yml", `${config}\nreadiness_delay: 2\n`);
}

test("a health check that fails is told with its status and what the app said", async () => {
  await commitHello(sandbox.deployer, { version: "3", health: "the database cannot be reached" });
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toMatch(/\/up.*500|500.*\/up/);
  expect(output).toContain("the database cannot be reached");
});

test("an app that misses a variable is told with its name, its exit code and its last words", async () => {
  await programBegins('if (!process.env.SHOP_TOKEN) throw new Error("SHOP_TOKEN is not set");');
  await commitHello(sandbox.deployer, { version: "3" });
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toContain("misses the environment variable SHOP_TOKEN");
  expect(output).toMatch(/exit(ed)?\b.*\b1\b/);
  expect(output).toContain("Error: SHOP_TOKEN is not set");
});

test("an app on another port than configured is told with both ports", async () => {
  await commitHello(sandbox.deployer, { version: "3", port: 3001 });
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toContain("port 3000; it listens on 3001");
  expect(output).toContain("proxy.app_port: 3001");
});

test("a worker that does not stay up keeps everything from being switched", async () => {
  await withWorker(`node -e "console.error('no work today'); process.exit(3)"`);
  await commitHello(sandbox.deployer, { version: "3" });
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toMatch(/hello-jobs-.* on vm1 exited with code 3/);
  expect(output).toContain("no work today");
});

test("an app that dies between its gate and the switch is found dead before anything moves", async () => {
  await withWorker("sleep 60");
  await sandbox.deployer.run(
    "sed -i 's/case \"GET \\/up\":/&\\n      setTimeout(() => process.exit(7), 300);/' server.mjs",
  );
  await commitAll(sandbox.deployer, "Die soon after the health check");
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toContain("exited with code 7");
});
