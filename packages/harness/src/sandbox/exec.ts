import { PassThrough } from "node:stream";
import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import type { Ran, RunOptions } from "./machine.ts";

/** Between SIGTERM and SIGKILL of a command that takes too long, in seconds. */
const KILL_AFTER_S = 5;

/**
 * Runs a program in a container of the outer engine.
 *
 * @throws HarnessError `SANDBOX_GONE` when the container does not run.
 */
export async function execIn(
  docker: Dockerode,
  container: string,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const { cwd, env = {}, input, timeoutMs, onOutput } = options;
  const limit =
    timeoutMs === undefined ? [] : ["timeout", `--kill-after=${KILL_AFTER_S}`, `${timeoutMs / 1000}`];
  try {
    const exec = await docker.getContainer(container).exec({
      Cmd: [...limit, ...argv],
      AttachStdin: input !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...(cwd && { WorkingDir: cwd }),
    });
    const stream = await exec.start({ hijack: true, stdin: input !== undefined });
    const collected = collect(docker, stream, onOutput);
    if (input !== undefined) stream.end(input);
    const written = await collected;
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode ?? -1, ...written };
  } catch (error) {
    throw new HarnessError(
      "SANDBOX_GONE",
      {
        cause: `${container} does not answer: ${error instanceof Error ? error.message : error}`,
        hint: "Look with `pnpm sandbox status`.",
      },
      { cause: error },
    );
  }
}

async function collect(
  docker: Dockerode,
  stream: NodeJS.ReadWriteStream,
  onOutput: RunOptions["onOutput"],
): Promise<Omit<Ran, "exitCode">> {
  const written = { stdout: "", stderr: "", output: "" };
  const into = (name: "stdout" | "stderr") => {
    const part = new PassThrough({ encoding: "utf8" });
    part.on("data", (text: string) => {
      written[name] += text;
      written.output += text;
      onOutput?.(text, name);
    });
    return part;
  };
  const parts = [into("stdout"), into("stderr")] as const;
  docker.modem.demuxStream(stream, ...parts);
  await new Promise<void>((resolve, reject) => {
    stream.on("end", resolve);
    stream.on("close", resolve);
    stream.on("error", reject);
  });
  for (const part of parts) part.end();
  await Promise.all(parts.map((part) => part.readableEnded || new Promise((ended) => part.on("end", ended))));
  return written;
}
