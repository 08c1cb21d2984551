import type { Clock, Random } from "../commands/context.ts";

/** An image that hosts boot. */
export interface ReleaseImage {
  /** With its registry, without a tag: `registry.example.com/acme/shop`. */
  repository: string;
  /** The version it is tagged with. */
  tag: string;
  /**
   * `sha256:…`, so that every host boots the same bytes whatever became of the tag. For an image that
   * came from no registry: what the engine it was built on calls it.
   */
  digest: string;
  /** Set for an image that was brought over the connection from the machine it was built on. */
  from?: "client";
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

/**
 * The name that stands for these bytes and no others: `registry.example.com/acme/shop@sha256:…`. An
 * engine only knows digests that a registry gave, so without one it is a tag of our own:
 * `shop:sha256-…`.
 */
export function imageByDigest(image: ReleaseImage): string {
  if (image.from === "client") return tagReference(image.repository, tagOfDigest(image.digest));
  return `${image.repository}@${image.digest}`;
}

/** The tag for an image that no registry has given a digest. */
export function tagOfDigest(digest: string): string {
  return digest.replace(":", "-");
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
