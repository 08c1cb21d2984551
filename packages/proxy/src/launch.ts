/*
 * What the image starts. Each client's conversation begins with a `dial` in the container, on a host
 * that is just then starting the new release, and nothing is served before a supervisor has started a
 * worker: neither of the two must read what serves, which is most of what there is.
 */
import { fileURLToPath } from "node:url";
import { dialFrom } from "./command/dial-from.ts";
import { failed } from "./command/failed.ts";
import { ownTerminal } from "./command/terminal.ts";

const [name, ...args] = process.argv.slice(2);
if (name === "dial") {
  process.exitCode = await dialFrom(args, ownTerminal).catch((error: unknown) => failed(error, ownTerminal));
} else {
  const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  // A program is known by its file: the whole one, which workers are made of and which is installed.
  process.argv[1] = beside("proxy.js");
  await import(name === "run" ? beside("supervisor.js") : process.argv[1]);
}
