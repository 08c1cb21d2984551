import { beforeAll, beforeEach, expect, test } from "vitest";
import { commitAll } from "../packages/harness/src/apps/hello.ts";
import { deployInVain, givenVersion1Serves, givenVersion2Committed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));
beforeEach(() => sandbox.deployer.restoreApps());

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
