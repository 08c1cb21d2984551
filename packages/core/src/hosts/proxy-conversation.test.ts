import { PassThrough } from "node:stream";
import type Dockerode from "dockerode";
import { expect, test } from "vitest";
import { openConversation } from "./proxy-conversation.ts";

const SOCKET = "/proc/4711/root/run/cutover-proxy/control.sock";

/** Stands for an engine with a proxy in a state of its own; what it really answers is tested on real hosts. */
function anEngine(status: string | null) {
  const asked: string[] = [];
  const missing = Object.assign(new Error("no such container"), { statusCode: 404 });
  const container = {
    inspect: async () => {
      asked.push("inspect");
      if (status === null) throw missing;
      return { State: { Status: status, Pid: 4711 } };
    },
    exec: async () => {
      asked.push("exec");
      if (status === null) throw missing;
      if (status !== "running") throw Object.assign(new Error("is not running"), { statusCode: 409 });
      return { start: async () => new PassThrough() };
    },
  };
  const docker = { getContainer: () => container, modem: { demuxStream: () => undefined } };
  return { docker: docker as unknown as Dockerode, asked };
}

test("root speaks to the proxy's socket itself, and nothing is started for it in the container", async () => {
  const { docker, asked } = anEngine("running");
  const channel = new PassThrough();
  const opened: string[] = [];
  const { stream, answers } = await openConversation(docker, async (path) => {
    opened.push(path);
    return channel;
  });
  expect([stream, answers]).toEqual([channel, channel]);
  expect(opened).toEqual([SOCKET]);
  expect(asked).toEqual(["inspect"]);
});

test("where sshd forwards no sockets, root goes through the container like anybody", async () => {
  const { docker, asked } = anEngine("running");
  const refused = async () => Promise.reject(new Error("open failed"));
  const { complaints } = await openConversation(docker, refused);
  expect(complaints).not.toBeNull();
  expect(asked).toEqual(["inspect", "exec"]);
});

test("another user than root goes through the container at once", async () => {
  const { docker, asked } = anEngine("running");
  await openConversation(docker, null);
  expect(asked).toEqual(["exec"]);
});

test.each([null, "paused", "restarting", "exited"])(
  "a proxy that is %s is silent, whoever asks",
  async (status) => {
    const { docker } = anEngine(status);
    const silent = { code: "PROXY_SILENT" };
    await expect(openConversation(docker, null)).rejects.toMatchObject(silent);
    await expect(openConversation(docker, async () => new PassThrough())).rejects.toMatchObject(silent);
  },
);
