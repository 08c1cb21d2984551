import type { Clock, Random } from "../commands/context.ts";

/** An image that hosts boot. */
export interface ReleaseImage {
  /** With its registry, without a tag: `registry.example.com/acme/shop`. */
  repository: string;
  /** The version it is tagged with. */
  tag: string;
  /** `sha256:…`, so that every host boots the same bytes whatever became of the tag. */
  digest: string;
}

/** What a deploy brings to the hosts. Plain data. */
export interface Release {
  /** Its own name: one version can be released several times. */
  id: string;
  version: string;
  image: ReleaseImage;
}

/** Stands for the digest of an image in a plan that is made before it is built. */
export const NOT_BUILT = "not built yet";

/** `registry.example.com/acme/shop@sha256:…` */
export function imageByDigest(image: ReleaseImage): string {
  return `${image.repository}@${image.digest}`;
}

/** `registry.example.com/acme/shop:3f2a1c…` */
export function imageByTag(image: ReleaseImage): string {
  return tagReference(image.repository, image.tag);
}

/** `repository:tag` */
export function tagReference(repository: string, tag: string): string {
  return `${repository}:${tag}`;
}

/** A name for a new release that sorts by time: `20261123T214500Z-3f2a1c`. */
export function newReleaseId(clock: Clock, random: Random): string {
  const time = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${random.hex(3)}`;
}
