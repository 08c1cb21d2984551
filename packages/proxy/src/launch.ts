/*
 * What the image starts. Each client's conversation begins with a `dial` in the container, on a host
 * that is just then starting the new release: it must not read the two megabytes that serve.
 */
import { fileURLToPath } from "node:url";
import { dialFrom } from "./command/dial-from.ts";
import { failed } from "./command/failed.ts";

const [name, ...args] = process.argv.slice(2);
if (name === "dial") {
  const terminal = { input: process.stdin, output: process.stdout, errors: process.stderr };
  process.exitCode = await dialFrom(args, terminal).catch((error: unknown) => failed(error, terminal));
} else {
  const program = fileURLToPath(new URL("./proxy.js", import.meta.url));
  // A program is known by its file: the whole one, which workers are made of and which is installed.
  process.argv[1] = program;
  await import(program);
}
