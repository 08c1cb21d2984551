import { beforeAll, beforeEach, expect, test } from "vitest";
import { commitAll, commitHello } from "../packages/harness/src/apps/hello.ts";
import { deployInVain, givenVersion1, givenVersion2Committed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1(sandbox));
beforeEach(async () => {
  await sandbox.deployer.restoreApps();
  await sandbox.deployer.run("sed -i 's/^deploy_timeout: .*/deploy_timeout: 5/' config/deploy.yml");
});

test("a health check that fails is told with its status and what the app said", async () => {
  await commitHello(sandbox.deployer, { version: "3", health: "the database cannot be reached" });
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toMatch(/\/up.*500|500.*\/up/);
  expect(output).toContain("the database cannot be reached");
});

test("an app that exits at once is told with its exit code and its last words", async () => {
  await commitHello(sandbox.deployer, { version: "3", boot: "exit" });
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toMatch(/exit(ed)?\b.*\b1\b/);
  expect(output).toContain("could not connect to the database");
});

test("an app on another port than configured is told with the port", async () => {
  await commitHello(sandbox.deployer, { version: "3", port: 3001 });
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(60);
  expect(output).toContain("3000");
});

test("a Dockerfile that does not build shows the builder's own words", async () => {
  await sandbox.deployer.run("sed -i 's/^WORKDIR .*/RUN cat no-such-file/' Dockerfile");
  await commitAll(sandbox.deployer, "Break the build");
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(30);
  expect(output).toContain("no-such-file");
});

test("a wrong registry password is told as such, without showing it", async () => {
  await sandbox.deployer.run(
    "sed -i 's/^REGISTRY_PASSWORD=.*/REGISTRY_PASSWORD=wrong-horse/' .cutover/secrets",
  );
  await givenVersion2Committed(sandbox);
  const { exitCode, output } = await deployInVain(sandbox);
  expect(exitCode, output).toBe(31);
  expect(output).toContain("registry:4443");
  expect(output).not.toContain("wrong-horse");
});
