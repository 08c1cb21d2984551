import { posix } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type Dockerode from "dockerode";
import type { Pack } from "tar-stream";
import { DeployError } from "../errors/index.ts";
import { DOCKER_SOCKET } from "./docker/channels.ts";
import type { HostFiles } from "./files.ts";
import { hasStatus, SFTP_PERMISSION_DENIED } from "./ssh/sftp-status.ts";
import { STATE_FOLDER } from "./state-folder.ts";

/**
 * Of Docker's group, which may do all that root may do anyway, and handing that group on to what is
 * made in it: so everyone who deploys from that host's engine works on one state.
 */
const SHARED_MODE = 0o2770;

type Entry = Parameters<Pack["entry"]>[0];

/** A name of our own for the image that holds nothing; it is removed again. */
const NOTHING = "cutover-nothing:latest";

/**
 * Makes the folder for our state: as root over SFTP, as anybody else through the engine.
 *
 * @throws DeployError HOST_AUTHENTICATION when neither may
 */
export async function makeStateRoot(files: HostFiles, docker: Dockerode): Promise<void> {
  const group = (await files.stat(DOCKER_SOCKET))?.group ?? 0;
  try {
    await files.makeOwnFolder(STATE_FOLDER, { owner: 0, group, mode: SHARED_MODE });
    return;
  } catch (error) {
    if (!hasStatus(error, SFTP_PERMISSION_DENIED)) throw error;
  }
  try {
    await makeThroughEngine(docker, 0, group);
    // Who reaches Docker through sudo is not in its group; then the folder is theirs besides.
    if (!(await mayWrite(files))) await makeThroughEngine(docker, await files.ownUser(), group);
  } catch (error) {
    throw new DeployError(
      "HOST_AUTHENTICATION",
      {
        cause: `the SSH user can make ${STATE_FOLDER} neither itself nor through Docker`,
        hint: `as root on the host: install -d -m 2770 -g docker ${STATE_FOLDER}; or keep the state in the user's home: run_directory: .cutover`,
        details: [error instanceof Error ? error.message : String(error)],
      },
      { cause: error },
    );
  }
}

async function mayWrite(files: HostFiles): Promise<boolean> {
  const probe = posix.join(STATE_FOLDER, "apps");
  try {
    await files.makeFolder(probe, 0o700);
    return true;
  } catch (error) {
    if (hasStatus(error, SFTP_PERMISSION_DENIED)) return false;
    throw error;
  }
}

/**
 * Has the engine unpack an archive with the one folder into the folder above, which a container that
 * is never started has mounted.
 */
async function makeThroughEngine(docker: Dockerode, owner: number, group: number): Promise<void> {
  const beside = "/beside";
  await importNothing(docker);
  const container = await docker.createContainer({
    Image: NOTHING,
    // Never run, but the engine wants one.
    Cmd: ["none"],
    HostConfig: { Binds: [`${posix.dirname(STATE_FOLDER)}:${beside}`], NetworkMode: "none" },
  });
  try {
    const name = `${posix.basename(STATE_FOLDER)}/`;
    const folder: Entry = { name, type: "directory", mode: SHARED_MODE, uid: owner, gid: group };
    await container.putArchive(await archiveOf([folder]), { path: beside });
  } finally {
    await container.remove({ force: true });
    await docker.getImage(NOTHING).remove();
  }
}

async function importNothing(docker: Dockerode): Promise<void> {
  const [repo, tag] = NOTHING.split(":");
  const answer: NodeJS.ReadableStream = await docker.importImage(Readable.from([await archiveOf([])]), {
    repo,
    tag,
  });
  // The engine answers before it is done, and is done when it has no more to say.
  for await (const _said of answer);
}

async function archiveOf(entries: readonly Entry[]): Promise<Buffer> {
  const { pack } = await import("tar-stream");
  const archive = pack();
  for (const entry of entries) archive.entry(entry);
  archive.finalize();
  return buffer(archive);
}
