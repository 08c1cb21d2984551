import type { Readable } from "node:stream";
import type Dockerode from "dockerode";

/** What every machine writes when all of it is up. */
const READY = "sandbox: ready";

/** Why a machine did not become ready, with the end of its log. */
export interface NotReady {
  cause: string;
  log: string[];
}

/**
 * Waits until a machine says that it is ready, which costs nothing and is noticed at once, where a
 * health check would be asked for again and again.
 *
 * @param since what the machine said before counts for nothing; in seconds since the epoch.
 * @returns null, or why it did not: a machine that fails is an answer here, not an exception.
 */
export async function untilReady(
  container: Dockerode.Container,
  timeoutMs: number,
  since = 0,
): Promise<NotReady | null> {
  try {
    const log = await container.logs({ follow: true, stdout: true, stderr: true, since });
    return (await says(log as Readable, timeoutMs)) ?? null;
  } catch (error) {
    return { cause: error instanceof Error ? error.message : String(error), log: [] };
  }
}

function says(log: Readable, timeoutMs: number): Promise<NotReady | undefined> {
  return new Promise((resolve) => {
    let text = "";
    const end = (cause?: string) => {
      clearTimeout(timer);
      log.destroy();
      resolve(cause === undefined ? undefined : { cause, log: lastLines(text) });
    };
    const timer = setTimeout(() => end(`it was not ready within ${timeoutMs / 1000} s`), timeoutMs);
    log.on("data", (bytes: Buffer) => {
      text += bytes.toString("latin1");
      if (text.includes(READY)) end();
    });
    log.on("end", () => end("it stopped"));
    log.on("error", (error) => end(error.message));
  });
}

/** The Engine puts eight bytes before each line that say which stream it is of. */
function lastLines(log: string): string[] {
  const lines = log.split("\n").map((line) => line.slice(8).trimEnd());
  return lines.filter((line) => line !== "").slice(-10);
}
