import { DeployError } from "../errors/index.ts";
import type { Room } from "../plan/room.ts";
import type { DockerProgress } from "./follow-docker.ts";

/** With less than this no image is worth beginning with: Docker itself needs some to work. */
const LEAST_BYTES = 32 * 1024 * 1024;

/**
 * Refuses a pull for which there is plainly no room.
 *
 * @throws DeployError DISK_FULL with the figures
 */
export function refuseWithoutRoom(host: string, room: Room): void {
  if (room.freeBytes < LEAST_BYTES) throw noRoom(host, room, null);
}

/** A word where a pull may need more than there is; null where there is plenty. */
export function scarceRoom({ freeBytes, servingBytes, prunableBytes, folder }: Room): string | null {
  if (servingBytes === null || freeBytes >= servingBytes) return null;
  return `${megabytes(freeBytes)} are free in ${folder}, and the image that serves takes ${megabytes(servingBytes)}; ${pruneWords(prunableBytes)}`;
}

/**
 * Adds up what a pull has to bring, which Docker says layer by layer as it begins with each.
 *
 * @returns what to tell each piece of progress; it answers an error once there is no room for them
 */
export function roomWatch(host: string, room: Room): (progress: DockerProgress) => DeployError | null {
  const layers = new Map<string, number>();
  return ({ id, status, progressDetail }) => {
    if (id === undefined || status !== "Downloading" || progressDetail?.total === undefined) return null;
    layers.set(id, progressDetail.total);
    const neededBytes = [...layers.values()].reduce((sum, bytes) => sum + bytes, 0);
    return neededBytes > room.freeBytes ? noRoom(host, room, neededBytes) : null;
  };
}

function noRoom(
  host: string,
  { folder, freeBytes, prunableBytes }: Room,
  neededBytes: number | null,
): DeployError {
  const needed = neededBytes === null ? "" : `, and the image needs ${megabytes(neededBytes)} at least`;
  const prune = prunableBytes > 0 ? "deploy prune, or " : "";
  return new DeployError("DISK_FULL", {
    cause: `${host} has no room for the image: ${megabytes(freeBytes)} are free in ${folder}${needed}; ${pruneWords(prunableBytes)}`,
    hint: `${prune}on ${host}: docker system df, docker system prune`,
    host,
  });
}

function pruneWords(bytes: number): string {
  return bytes === 0 ? "a prune would free nothing" : `a prune would free up to ${megabytes(bytes)}`;
}

/** In millions of bytes, as Docker shows sizes. */
function megabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
