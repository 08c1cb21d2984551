import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { type OutputLine, outputLines } from "./output-lines.ts";
import { untilAborted } from "./until-aborted.ts";

/** Which lines of a container's log are wanted. */
export interface LogWish {
  /** Go on as lines are written, until the container stops. */
  follow: boolean;
  /** The newest ones only; null: all. */
  lines: number | null;
  /** Seconds since the epoch; null: from the beginning. */
  since: string | null;
}

export interface LogLine extends OutputLine {
  /** When Docker took it: `2026-11-23T21:00:00.123456789Z`; always nine digits, so that it sorts as text. */
  at: string;
}

/**
 * The lines of a container's log, read no faster than they are taken.
 *
 * @param signal ends it
 */
export async function* containerLog(
  container: Dockerode.Container,
  wish: LogWish,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const { Config: config } = await container.inspect();
  const stream = untilAborted(await openLog(container, wish), signal);
  try {
    for await (const { stream: from, text } of outputLines(stream, config.Tty ? "terminal" : "framed")) {
      const space = text.indexOf(" ");
      yield { stream: from, at: text.slice(0, space), text: text.slice(space + 1) };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stream.destroy();
  }
}

/** dockerode collects a log that is not followed in memory; this gives its stream in both cases. */
function openLog(container: Dockerode.Container, { follow, lines, since }: LogWish): Promise<Readable> {
  const options = {
    follow,
    stdout: true,
    stderr: true,
    timestamps: true,
    tail: lines === null ? "all" : String(lines),
    ...(since === null ? {} : { since }),
  };
  return new Promise((resolve, reject) => {
    const dialled = (error: Error | null, stream: Readable) =>
      error === null ? resolve(stream) : reject(error);
    container.modem.dial(
      {
        path: `/containers/${container.id}/logs?`,
        method: "GET",
        isStream: true,
        statusCodes: { 200: true, 404: "no such container", 500: "server error" },
        options,
      },
      dialled,
    );
  });
}
