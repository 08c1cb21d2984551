import type Dockerode from "dockerode";
import { dockerSentence, dockerStatus } from "../hosts/docker/docker-status.ts";

/** How much of a log is evidence. */
const EVIDENCE_LINES = 50;

/**
 * The last lines of a container's log, both streams in their order. Where its logging driver cannot
 * be read that is said instead: evidence that is not there must not hide the failure it was for.
 */
export async function lastLogLines(container: Dockerode.Container): Promise<string[]> {
  let log: Buffer;
  try {
    log = await container.logs({ stdout: true, stderr: true, tail: EVIDENCE_LINES, follow: false });
  } catch (error) {
    if (dockerStatus(error) === null) throw error;
    return [`(its log cannot be read here: ${dockerSentence(error)})`];
  }
  return plainText(Buffer.from(log))
    .split("\n")
    .filter((line) => line !== "");
}

/** Docker puts eight bytes before each piece of output, the last four its length, unless there is a TTY. */
function plainText(log: Buffer): string {
  const pieces: Buffer[] = [];
  let at = 0;
  while (at + 8 <= log.length && (log[at] ?? 3) <= 2 && log.readUIntBE(at + 1, 3) === 0) {
    const length = log.readUInt32BE(at + 4);
    pieces.push(log.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  pieces.push(log.subarray(at));
  return Buffer.concat(pieces).toString("utf8");
}
