import { beforeAll, expect, test } from "vitest";
import { givenVersion1 } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1(sandbox));

const logs = (rest: string) => sandbox.deployer.run(`deploy app logs ${rest}`);
const lines = (text: string) => text.split("\n").filter((line) => line !== "");

test("the lines of both hosts come in order of time, each with its host", async () => {
  const { exitCode, stdout } = await logs("");
  expect(exitCode).toBe(0);
  const times = lines(stdout).map((line) => line.split(" ")[2] ?? "");
  expect(times).toEqual(times.toSorted());
  expect(new Set(lines(stdout).map((line) => line.split(" ")[0]))).toEqual(new Set(["vm1", "vm2"]));
});

test("of each container only the newest lines are shown when so asked", async () => {
  await sandbox.loadBalancer.get("/only-this");
  await sandbox.loadBalancer.get("/only-this");
  const { stdout } = await logs("-T -n 1 -h vm1");
  expect(lines(stdout)).toHaveLength(1);
});

test("a pattern picks lines", async () => {
  const { stdout } = await logs("-T -h vm1 --grep 'listens on \\d+'");
  expect(lines(stdout)).toEqual(["version 1 listens on 3000"]);
});

test("lines from before a time are left out", async () => {
  const { exitCode, stdout } = await logs("--since 2099-01-01T00:00:00Z");
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
});

test("following goes on through a deploy with the new container's lines, and ends with Ctrl-C", async () => {
  let heard = "";
  const following = sandbox.deployer.run("echo $$ > /tmp/logs.pid; exec deploy app logs -f -T -n 1", {
    onOutput: (text) => {
      heard += text;
    },
  });
  await expect.poll(() => lines(heard).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);

  const redeploy = await sandbox.deployer.run("deploy redeploy");
  expect(redeploy, redeploy.output).toMatchObject({ exitCode: 0 });

  await expect.poll(() => heard).toMatch(/^vm1 .*version 1 listens on 3000$/m);
  await expect.poll(() => heard).toMatch(/^vm2 .*version 1 listens on 3000$/m);
  await sandbox.deployer.run("kill -INT $(cat /tmp/logs.pid)");
  expect((await following).exitCode).toBe(0);
});
