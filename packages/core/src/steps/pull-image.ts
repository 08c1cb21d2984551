import type Dockerode from "dockerode";
import { DeployError } from "../errors/index.ts";
import { dockerSentence, dockerStatus } from "../hosts/docker/docker-status.ts";
import type { Host } from "../hosts/host.ts";
import type { Room } from "../plan/room.ts";
import type { PullImage } from "../plan/step.ts";
import { imageByDigest, imageByTag } from "../release/release.ts";
import type { Act } from "./act.ts";
import { followDocker } from "./follow-docker.ts";
import { runsOn } from "./image-architecture.ts";
import { removePulled } from "./remove-pulled.ts";
import { refuseWithoutRoom, roomWatch, scarceRoom } from "./room-watch.ts";
import type { StepHandler } from "./step-handler.ts";

export const pullImage: StepHandler<PullImage> = {
  describe: ({ image }) => `pull ${imageByTag(image)}`,
  async run({ image, room }, act) {
    const name = imageByDigest(image);
    const before = await architectureOf(act.docker, name);
    if (before === null) {
      act.memory.pulled(act.host.name, name);
      await pull(name, room, act);
    }
    refuseOther(before ?? (await architectureOf(act.docker, name)) ?? "", name, act.host);
    // The tag is for people and for what else looks at the host; we boot by digest.
    await act.docker.getImage(name).tag({ repo: image.repository, tag: image.tag });
    return before !== null ? "was there already" : undefined;
  },
  undo: ({ image }, act) => removePulled(image, act),
};

/** The processor family that an image on the host is for; null where it is not there. */
async function architectureOf(docker: Dockerode, name: string): Promise<string | null> {
  try {
    return (await docker.getImage(name).inspect()).Architecture;
  } catch (error) {
    if (dockerStatus(error) === 404) return null;
    throw error;
  }
}

/** Docker takes an image of one platform for any host, and it only fails to start there. */
function refuseOther(architecture: string, name: string, host: Host): void {
  const own = host.engineVersion.architecture;
  if (runsOn(architecture, own)) return;
  throw new DeployError("TRANSFER_FAILED", {
    cause: `${name} is for ${architecture}, and ${host.name} is ${own}`,
    hint: `build for it too: builder.arch: ${own}`,
  });
}

async function pull(name: string, room: Room | null, act: Act): Promise<void> {
  const { docker, around, signal, host } = act;
  const full = new AbortController();
  const watch = room === null ? () => null : roomWatch(host.name, room);
  if (room !== null) tellOfRoom(room, act);
  const login = await around.login();
  try {
    const stream = await docker.pull(name, login === null ? {} : { authconfig: login });
    await followDocker(docker, stream, AbortSignal.any([signal, full.signal]), (progress) => {
      const error = watch(progress);
      if (error !== null) full.abort(error);
      const { status, id } = progress;
      if (status !== undefined && id !== undefined) act.progress(`${id}: ${status}`);
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof DeployError) throw error;
    throw pullFailure(name, act.host.name, error);
  }
}

/** @throws DeployError DISK_FULL where there is plainly none */
function tellOfRoom(room: Room, { host, emit }: Act): void {
  refuseWithoutRoom(host.name, room);
  const message = scarceRoom(room);
  if (message !== null) emit({ type: "warning", host: host.name, message });
}

function pullFailure(name: string, host: string, error: unknown): DeployError {
  const said = dockerSentence(error);
  if (/no space left/i.test(said))
    return new DeployError(
      "DISK_FULL",
      {
        cause: `${host} has no room for the image: ${said}`,
        hint: `on ${host}: docker system df, docker system prune`,
      },
      { cause: error },
    );
  if (/unauthorized|authentication required|no basic auth|access denied|denied:/i.test(said))
    return new DeployError(
      "REGISTRY_REFUSED",
      {
        cause: `the registry refused ${host} the image ${name}: ${said}`,
        hint: "check registry.username and registry.password",
      },
      { cause: error },
    );
  const platform = /no matching manifest|does not match the (?:specified|host) platform/i.test(said);
  return new DeployError(
    "TRANSFER_FAILED",
    {
      cause: `${host} could not pull ${name}: ${said}`,
      hint: platform ? "build for the host's processor too: builder.arch" : `on ${host}: docker pull ${name}`,
    },
    { cause: error },
  );
}
