import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { wholeBuiltins } from "../../packages/proxy/build/whole-builtins.ts";
import { leftOut } from "./left-out.ts";
import { root } from "./places.ts";

const output = join(root, "packages", "cli", "dist");

/**
 * Bundles the command line, core and every package they need to `packages/cli/dist`. What is imported when needed
 * becomes a chunk of its own.
 *
 * @returns the paths of the files that the bundle is made of
 */
export async function bundleCli(): Promise<string[]> {
  const bundle = await rolldown({
    input: { main: join(root, "packages", "cli", "src", "main.ts") },
    platform: "node",
    plugins: [leftOut, wholeBuiltins, asciiOnly],
    // An import that cannot be found would otherwise be left in for the user to meet.
    onLog: (level, log, proceed) => proceed(log.code === "UNRESOLVED_IMPORT" ? "error" : level, log),
  });
  const staging = `${output}.new`;
  await rm(staging, { recursive: true, force: true });
  const { output: chunks } = await bundle.write({
    dir: staging,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    comments: { jsdoc: false },
    codeSplitting: {
      groups: [
        { name: "first", test: FIRST, priority: 1 },
        { name: "core", test: isOfCore },
      ],
    },
  });
  await bundle.close();
  await rm(output, { recursive: true, force: true });
  await rename(staging, output);
  const modules = chunks.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
  const unwanted = modules.find((path) => UNWANTED.test(path));
  if (unwanted !== undefined) throw new Error(`${unwanted} was to be left out: see left-out.ts`);
  return modules;
}

/** What a newer dockerode would bring back if it asked for it in another way. */
const UNWANTED = /\/node_modules\/(@grpc|protobufjs|tar-fs)\//;

/** A text of ASCII alone needs no decoding and half the memory: a tenth of what core takes to be loaded. */
const asciiOnly = {
  name: "ascii-only",
  renderChunk: (code: string) => code.replaceAll(/[^\0-\x7f]/g, escaped),
};

/** One UTF-16 unit, as strings, templates and patterns have it. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** What of core `deploy version` and `--help` need as well. */
const FIRST = /\/core\/src\/(errors\/|plan\/words\.ts)/;

/** What is loaded while hosts answer. */
const LATER = /\/core\/src\/hosts\/docker\//;

/** Core, and what it is made with, in one chunk: each chunk more is a file to find, read and link. */
function isOfCore(id: string): boolean {
  return !LATER.test(id) && /\/(core|proxy)\/src\/|\/node_modules\/(zod|yaml|ssh-config|ssh2)\//.test(id);
}
