import { type Duplex, PassThrough, type Readable } from "node:stream";
import { controlSocketPath, dialCommand } from "@cutover/proxy/protocol";
import type Dockerode from "dockerode";
import { DeployError } from "../errors/index.ts";
import { dockerStatus } from "./docker/docker-status.ts";
import { PROXY_CONTAINER } from "./proxy-container.ts";

/** What is said to a host's proxy, and what comes back. */
export interface Conversation {
  /** Takes what is said; its end is the conversation's. */
  stream: Duplex;
  /** What the proxy answers. */
  answers: Readable;
  /** What the way there complains of; null where it cannot. */
  complaints: Readable | null;
}

/** Opens a channel to a Unix socket of the host. */
export type OpenSocket = (path: string) => Promise<Duplex>;

/**
 * Opens a conversation with the proxy: straight to its socket for who may, and for everybody else through
 * an exec of its `dial`. That starts a process in its container, which takes twenty times as long as all the
 * rest, and the host's processor time from what serves.
 *
 * @param asRoot opens sockets as the host's root; null for any other user
 * @throws DeployError PROXY_SILENT where no proxy runs
 */
export async function openConversation(docker: Dockerode, asRoot: OpenSocket | null): Promise<Conversation> {
  return (asRoot === null ? null : await straight(docker, asRoot)) ?? dialed(docker);
}

/** @returns null where the socket cannot be had so: sshd may forbid it, or Docker's processes be another machine's */
async function straight(docker: Dockerode, open: OpenSocket): Promise<Conversation | null> {
  const { State } = await docker.getContainer(PROXY_CONTAINER).inspect().catch(whereNoneRuns);
  // One that is paused takes connections and answers nothing.
  if (State.Status !== "running") throw noneRuns();
  try {
    // Its file system as its first process has it, since the socket's folder is in its memory alone.
    const stream = await open(`/proc/${State.Pid}/root${controlSocketPath}`);
    return { stream, answers: stream, complaints: null };
  } catch {
    // Why is of no interest as long as the other way is open, and that one says what it lacks.
    return null;
  }
}

async function dialed(docker: Dockerode): Promise<Conversation> {
  const exec = await docker
    .getContainer(PROXY_CONTAINER)
    .exec({ Cmd: [...dialCommand], AttachStdin: true, AttachStdout: true, AttachStderr: true })
    .catch(whereNoneRuns);
  const stream = await exec.start({ hijack: true, stdin: true });
  const answers = new PassThrough();
  const complaints = new PassThrough();
  docker.modem.demuxStream(stream, answers, complaints);
  return { stream, answers, complaints };
}

function whereNoneRuns(error: unknown): never {
  const status = dockerStatus(error);
  // Docker's answers for a container that is not there, and for one that does not run.
  throw status === 404 || status === 409 ? noneRuns(error) : error;
}

function noneRuns(cause?: unknown): DeployError {
  return new DeployError(
    "PROXY_SILENT",
    { cause: "the proxy does not run there", hint: "deploy proxy boot" },
    { cause },
  );
}
