import { expect, test } from "vitest";
import { runProgram } from "./program.ts";

const node = (script: string, rest: { signal?: AbortSignal; onLine?: (s: string, t: string) => void } = {}) =>
  runProgram({
    program: process.execPath,
    args: ["-e", script],
    cwd: "/",
    env: {},
    signal: new AbortController().signal,
    ...rest,
  });

test("gives both streams line by line and how it ended", async () => {
  expect(await node("console.log('a\\nb'); console.error('c'); process.exitCode = 3")).toEqual({
    exitCode: 3,
    stdout: ["a", "b"],
    stderr: ["c"],
  });
});

test("is null where there is no such program", async () => {
  const signal = new AbortController().signal;
  expect(await runProgram({ program: "no-such-program", args: [], cwd: "/", env: {}, signal })).toBeNull();
});

test("ends the program and what it started when it is aborted", async () => {
  const controller = new AbortController();
  // The end is told when nobody holds the output any more, so the grandchild has to end too.
  const script = `
    const { spawn } = require("node:child_process");
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log('up')"], { stdio: "inherit" });
    setInterval(() => {}, 1000);`;
  const onLine = () => controller.abort("SIGINT");
  await expect(node(script, { signal: controller.signal, onLine })).rejects.toMatchObject({
    code: "INTERRUPTED",
  });
});

test("says that SIGTERM ended it", async () => {
  const signal = AbortSignal.abort("SIGTERM");
  await expect(node("", { signal })).rejects.toMatchObject({ code: "TERMINATED" });
});
