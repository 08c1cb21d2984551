import { beforeAll, expect, test } from "vitest";
import { jsonLine } from "../packages/core/src/events/json-schema.ts";
import { givenVersion1Serves, givenVersion2Committed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

let secrets: string[] = [];

beforeAll(async () => {
  await givenVersion1Serves(sandbox);
  const files = await sandbox.deployer.run("cat /shared/registry/password /shared/session-key");
  secrets = files.stdout.trim().split("\n");
  expect(secrets).toHaveLength(2);
});

test.each([
  "deploy",
  "deploy redeploy --json",
  "deploy config",
  "deploy details --json",
  "deploy plan --json",
  "deploy audit --json",
  "deploy releases --json",
])("%s prints no secret", async (command) => {
  if (command === "deploy") await givenVersion2Committed(sandbox);
  const { exitCode, output, stdout } = await sandbox.deployer.run(command);
  expect(exitCode, output).toBe(0);
  // The published schema of events is held to what is really printed, where everything is.
  if (command.includes("--json"))
    for (const line of stdout.trim().split("\n")) jsonLine.parse(JSON.parse(line));
  for (const secret of secrets) expect(output).not.toContain(secret);
});

test("no secret is in a label, a command line or the image's history on the hosts", async () => {
  for (const vm of sandbox.vms) {
    const seen = await vm.run(
      "docker ps -aq | xargs docker inspect --format '{{json .Config.Labels}} {{json .Config.Cmd}} {{json .Args}}'; " +
        "docker images -q | sort -u | xargs -n 1 docker history --no-trunc",
    );
    for (const secret of secrets) expect(seen.output).not.toContain(secret);
  }
});

test("no credentials of the registry stay on a host", async () => {
  for (const vm of sandbox.vms) expect((await vm.run("ls /root/.docker/config.json")).exitCode).not.toBe(0);
});
