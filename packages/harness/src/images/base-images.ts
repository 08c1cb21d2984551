import { HarnessError } from "../harness-error.ts";
import { type BaseImageContext, makeDebianImage } from "./debian-image.ts";
import { makeNodeImage } from "./node-image.ts";
import { hasImage, pulledQuickly } from "./pull.ts";

/** What the machines' images and the fixture apps are built from, each after what it needs itself. */
const baseImages = [
  { name: "debian:trixie-slim", make: makeDebianImage },
  { name: "node:24-trixie-slim", make: makeNodeImage },
];

/**
 * Sees to it that the engine has the base images: pulled where a public registry answers, else
 * made here under the same names, so that Dockerfiles need not know.
 *
 * @throws HarnessError `IMAGE_FAILED`, `DOWNLOAD_FAILED`
 */
export async function ensureBaseImages(context: BaseImageContext): Promise<void> {
  let registryAnswers = true;
  for (const { name, make } of baseImages) {
    if (await hasImage(context.docker, name)) continue;
    registryAnswers = registryAnswers && (await pulledQuickly(context.docker, name, context.signal));
    if (registryAnswers) continue;
    await make(name, context);
    // The Engine tells of a failed import in the middle of a stream that ends well.
    if (!(await hasImage(context.docker, name))) throw notMade(name);
  }
}

function notMade(name: string): HarnessError {
  return new HarnessError("IMAGE_FAILED", {
    cause: `The image ${name} was made, but the Docker engine did not take it`,
    hint: "Look whether the engine has room left: `docker system df`.",
  });
}
