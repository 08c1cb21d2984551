import { createRequire, Module } from "node:module";
import type Docker from "dockerode";

const require = createRequire(import.meta.url);

/**
 * What dockerode loads as soon as it is imported, and we have no use for: BuildKit's sessions bring gRPC, which takes
 * a third of all that a deploy loads (80 of 250 ms, and 15 MB), and what packs a folder to be built from takes a third
 * of the rest. We build with buildx.
 */
const OF_NO_USE = ["./session.js", "tar-fs", "@balena/dockerignore"];

/** dockerode, with each of these replaced by one that refuses before dockerode asks for it. */
function lightened(): typeof Docker {
  const within = createRequire(require.resolve("dockerode"));
  for (const name of OF_NO_USE) {
    const path = within.resolve(name);
    const refuses = Object.assign(new Module(path), { exports: refuse, filename: path, loaded: true });
    require.cache[path] ??= refuses;
  }
  return require("dockerode");
}

function refuse(): never {
  throw new Error("this client of Docker neither builds nor has BuildKit sessions");
}

/** The client of Docker's Engine API. */
export const Dockerode = lightened();
