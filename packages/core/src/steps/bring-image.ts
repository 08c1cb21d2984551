import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type Dockerode from "dockerode";
import type { LocalImage } from "../build/local-images.ts";
import { DeployError } from "../errors/index.ts";
import { dockerSentence, dockerStatus } from "../hosts/docker/docker-status.ts";
import type { BringImage } from "../plan/step.ts";
import { imageByDigest, imageByTag, type ReleaseImage, tagOfDigest } from "../release/release.ts";
import type { Act } from "./act.ts";
import { followDocker } from "./follow-docker.ts";
import { runsOn } from "./image-architecture.ts";
import { packer } from "./image-packing.ts";
import { layersOnHost } from "./layers-on-host.ts";
import { removePulled } from "./remove-pulled.ts";
import type { StepHandler } from "./step-handler.ts";

/** Bytes between two words about how far it is. */
const TOLD_EVERY = 500_000;

export const bringImage: StepHandler<BringImage> = {
  describe: ({ image }) => `bring ${imageByTag(image)} from here`,
  async run({ image }, act) {
    const there = await isThere(act.docker, imageByDigest(image));
    const note = there ? "was there already" : await bring(image, act);
    // The tag is for people and for what else looks at the host; we boot by digest.
    await act.docker.getImage(imageByDigest(image)).tag({ repo: image.repository, tag: image.tag });
    return note;
  },
  undo: ({ image }, act) => removePulled(image, act),
};

async function isThere(docker: Dockerode, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if (dockerStatus(error) === 404) return false;
    throw error;
  }
}

/** @returns how much was sent, for people */
async function bring(image: ReleaseImage, act: Act): Promise<string> {
  const { docker, host, around } = act;
  const reference = imageByTag(image);
  const local = await around.localImages.find(reference);
  if (local?.id !== image.digest) throw gone(image, host.name);
  if (!runsOn(local.architecture, host.engineVersion.architecture))
    throw new DeployError("TRANSFER_FAILED", {
      cause: `${reference} is for ${local.architecture}, and ${host.name} is ${host.engineVersion.architecture}`,
      hint: `build for it: builder.arch: ${host.engineVersion.architecture}`,
    });
  act.memory.pulled(host.name, imageByDigest(image));
  const sent = await send(reference, local, act);
  await mustBeTheSame(reference, local, act);
  await docker.getImage(reference).tag({ repo: image.repository, tag: tagOfDigest(image.digest) });
  return `${megabytes(sent)} sent`;
}

/** @returns bytes that went over the connection */
async function send(reference: string, local: LocalImage, act: Act): Promise<number> {
  const { docker, host, around, signal } = act;
  const archive = await around.localImages.save(reference, await layersOnHost(docker, local.layers));
  let sent = 0;
  let told = 0;
  const packed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      if (sent - told > TOLD_EVERY) act.progress(`${megabytes(sent)} sent`);
      if (sent - told > TOLD_EVERY) told = sent;
      done(null, chunk);
    },
  });
  const stop = new AbortController();
  const packing = pipeline(archive, packer(host.engineVersion), packed, { signal });
  // An archive that breaks off leaves the engine waiting for its rest, and a loading that fails leaves
  // the archive waiting for a reader: whichever ends first ends the other.
  const brokenOff = new Promise<never>((_, reject) => packing.catch(reject));
  try {
    await Promise.race([load(packed, stop.signal, act), brokenOff]);
    return sent;
  } catch (error) {
    stop.abort();
    if (signal.aborted) throw signal.reason;
    throw new DeployError(
      "TRANSFER_FAILED",
      {
        cause: `${reference} could not be brought to ${host.name}: ${dockerSentence(error)}`,
        hint: `on ${host.name}: docker system df; here: docker image inspect ${reference}`,
      },
      { cause: error },
    );
  } finally {
    archive.destroy();
  }
}

async function load(packed: Transform, abortSignal: AbortSignal, { docker, signal }: Act): Promise<void> {
  const answer = await docker.loadImage(packed, { quiet: true, abortSignal });
  await followDocker(docker, answer, signal);
}

/** By content: two engines may call one image by different ids. */
async function mustBeTheSame(reference: string, local: LocalImage, { docker, host }: Act): Promise<void> {
  const { RootFS } = await docker.getImage(reference).inspect();
  if ((RootFS.Layers ?? []).join() === local.layers.join()) return;
  throw new DeployError("TRANSFER_FAILED", {
    cause: `${reference} is not the same on ${host.name} as it is here`,
    hint: "deploy again; if it stays so, please report it",
  });
}

function gone(image: ReleaseImage, host: string): DeployError {
  return new DeployError("TRANSFER_FAILED", {
    cause: `the image ${imageByTag(image)} of this release is neither on ${host} nor on this machine`,
    hint: "deploy its commit again; without a registry, images lie on the hosts and where they were built",
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
