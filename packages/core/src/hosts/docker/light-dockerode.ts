import { createRequire, Module } from "node:module";
import type Docker from "dockerode";

const require = createRequire(import.meta.url);

/**
 * dockerode without its BuildKit sessions. For these it loads gRPC as soon as it is imported, which
 * takes a third of all that a deploy loads (80 of 250 ms, and 15 MB), and we build with buildx. So
 * the module that holds them is replaced by one that refuses, before dockerode asks for it.
 */
function withoutSessions(): typeof Docker {
  const path = require.resolve("dockerode/lib/session.js");
  const refuses = Object.assign(new Module(path), { exports: refuseSession, filename: path, loaded: true });
  require.cache[path] ??= refuses;
  return require("dockerode");
}

function refuseSession(): never {
  throw new Error("this client of Docker has no BuildKit sessions");
}

/** The client of Docker's Engine API. */
export const Dockerode = withoutSessions();
