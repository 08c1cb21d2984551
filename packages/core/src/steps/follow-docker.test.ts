import { PassThrough } from "node:stream";
import Dockerode from "dockerode";
import { expect, test } from "vitest";
import { followDocker } from "./follow-docker.ts";

/** Docker's side of a pull: what it says, line by line, until it ends. */
function saying(...lines: object[]): PassThrough {
  const stream = new PassThrough();
  stream.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return stream;
}

const docker = new Dockerode();
const never = new AbortController().signal;

test("a pull that says no error has succeeded", async () => {
  const seen: (string | undefined)[] = [];
  await followDocker(docker, saying({ status: "Pulling" }, { status: "Done" }), never, ({ status }) => {
    seen.push(status);
  });
  expect(seen).toEqual(["Pulling", "Done"]);
});

test("an error said in the stream fails the pull, although Docker answered 200", async () => {
  const full = "write /var/lib/docker/tmp/GetImageBlob1: no space left on device";
  const pull = followDocker(docker, saying({ status: "Downloading" }, { error: full }), never);
  await expect(pull).rejects.toThrow(full);
});

test("an interrupt ends the wait with its own reason", async () => {
  const controller = new AbortController();
  const pull = followDocker(docker, new PassThrough(), controller.signal);
  controller.abort("SIGINT");
  await expect(pull).rejects.toBe("SIGINT");
});
