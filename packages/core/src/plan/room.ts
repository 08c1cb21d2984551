import { imageByDigest } from "../release/release.ts";
import type { HostBoot } from "./boot.ts";
import { pruneLane } from "./prune.ts";

/** What is known of the room for an image before it is pulled, in bytes. */
export interface Room {
  /** The folder that Docker keeps images in. */
  folder: string;
  freeBytes: number;
  /** What the image that serves takes, layers it shares with others included; null: nothing serves. */
  servingBytes: number | null;
  /** What a prune would free at most. */
  prunableBytes: number;
}

/**
 * The room on a host for what a boot pulls.
 *
 * @param retain releases that a prune would keep
 * @returns null where it cannot be told, or nothing is pulled
 */
export function roomFor(boot: HostBoot, retain: number): Room | null {
  const { state, record } = boot;
  const has = (reference: string) => state.images.some(({ references }) => references.includes(reference));
  if (state.disk === null || has(imageByDigest(record.image))) return null;
  const serving = state.records.find(({ release }) => release === state.active?.release);
  const image =
    serving && state.images.find(({ references }) => references.includes(imageByDigest(serving.image)));
  const { folder, freeBytes } = state.disk;
  return {
    folder,
    freeBytes,
    servingBytes: image?.sizeBytes ?? null,
    prunableBytes: serving === undefined ? 0 : prunableBytes({ state, record: serving }, retain),
  };
}

/** The images that a prune would remove while this release serves, all their layers counted. */
function prunableBytes(boot: HostBoot, retain: number): number {
  const removed = new Set(
    pruneLane(boot, retain).steps.flatMap((step) => (step.kind === "remove-images" ? step.references : [])),
  );
  return boot.state.images
    .filter(({ references }) => references.some((name) => removed.has(name)))
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
