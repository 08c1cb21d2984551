import { beforeAll, expect, test } from "vitest";
import { givenVersion1Serves } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));

const exec = (rest: string) => sandbox.deployer.run(`deploy app exec ${rest}`);

async function execContainers(): Promise<string[]> {
  const found = await Promise.all(sandbox.vms.map((vm) => vm.containers()));
  return found.flat().flatMap(({ name, labels }) => (labels["cutover.kind"] === "exec" ? [name] : []));
}

test("a command runs beside what serves, with its image and environment, and leaves nothing", async () => {
  const { exitCode, stdout } = await exec("-p -- sh -c 'cat settings.json; echo $GREETING; hostname'");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/"version": "1".*\nHello\n/s);
  const serving = await sandbox.deployer.run("deploy app exec -p --reuse hostname");
  expect(stdout.trim().split("\n").at(-1)).not.toBe(serving.stdout.trim());
  expect(await execContainers()).toEqual([]);
});

test("on several hosts each line says where it comes from", async () => {
  const { stdout } = await exec("-- sh -c 'echo here is $DEPLOY_HOST'");
  expect(stdout).toMatch(/^vm1 .*here is vm1$/m);
  expect(stdout).toMatch(/^vm2 .*here is vm2$/m);
});

test("a line with spaces is given to a shell", async () => {
  expect((await exec("-p 'echo one two | wc -w'")).stdout.trim()).toBe("2");
});

test("a variable can be added", async () => {
  expect((await exec("-p -e COLOUR=blue -- sh -c 'echo $COLOUR'")).stdout.trim()).toBe("blue");
  expect((await exec("-p --reuse -e COLOUR=red -- sh -c 'echo $COLOUR'")).stdout.trim()).toBe("red");
});

test("the command's exit code is ours", async () => {
  expect((await exec("-p 'exit 7'")).exitCode).toBe(7);
  expect((await exec("-p --reuse 'exit 8'")).exitCode).toBe(8);
});

test("a program that the image does not have ends with 127, as in a shell", async () => {
  const { exitCode, stderr } = await exec("-p no-such-program");
  expect({ exitCode, stderr }).toEqual({ exitCode: 127, stderr: expect.stringContaining("no-such-program") });
  expect(await execContainers()).toEqual([]);
});

test("both streams stay apart", async () => {
  const { stdout, stderr } = await exec("-p -- sh -c 'echo fine; echo oh >&2'");
  expect([stdout.trim(), stderr.trim()]).toEqual(["fine", "oh"]);
});

test("a terminal is passed on, keys and all", async () => {
  const keys = "echo sum is $((40 + 2)); tty; exit 5\n";
  // `script` gives the command a terminal and types what it is given.
  const { exitCode, output } = await sandbox.deployer.run(
    "script --quiet --return --command 'deploy app exec -i sh' /dev/null",
    { input: keys },
  );
  expect(output).toContain("sum is 42");
  expect(output).toContain("/dev/pts/");
  expect(exitCode).toBe(5);
});

test("a command can be left to itself, and is gone after its end", async () => {
  const { exitCode, stdout } = await exec("-p --detach -- sleep 1");
  expect(exitCode).toBe(0);
  expect(stdout.trim()).toMatch(/^hello-web-exec-[0-9a-f]{40}-[0-9a-f]{6}$/);
  expect(await execContainers()).toEqual([stdout.trim()]);
  await expect.poll(execContainers, { timeout: 10_000 }).toEqual([]);
});

test("Ctrl-C ends the command and removes its container", async () => {
  const running = sandbox.deployer.run("echo $$ > /tmp/exec.pid; exec deploy app exec -- sleep 300");
  await expect.poll(async () => (await execContainers()).length, { timeout: 20_000 }).toBe(2);
  await sandbox.deployer.run("kill -INT $(cat /tmp/exec.pid)");
  expect((await running).exitCode).toBe(130);
  expect(await execContainers()).toEqual([]);
});
