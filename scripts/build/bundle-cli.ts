import { rename, rm } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { isBundled } from "./bundled.ts";
import { root } from "./places.ts";

const output = join(root, "packages", "cli", "dist");

/**
 * Bundles the command line and core to `packages/cli/dist`. What is imported when needed becomes a
 * chunk of its own; most third-party packages stay imports, for npm to install and to keep patched.
 */
export async function bundleCli(): Promise<void> {
  const bundle = await rolldown({
    input: { main: join(root, "packages", "cli", "src", "main.ts") },
    platform: "node",
    external: isThirdParty,
    plugins: [asciiOnly],
    // An import that cannot be found would otherwise be left in for the user to meet.
    onLog: (level, log, proceed) => proceed(log.code === "UNRESOLVED_IMPORT" ? "error" : level, log),
  });
  const staging = `${output}.new`;
  await rm(staging, { recursive: true, force: true });
  await bundle.write({
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
}

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
  return !LATER.test(id) && /\/(core|proxy)\/src\/|\/node_modules\/(zod|yaml|ssh-config)\//.test(id);
}

function isThirdParty(id: string): boolean {
  const isPath = id.startsWith(".") || id.startsWith("/");
  return isBuiltin(id) || (!isPath && !id.startsWith("@cutover/") && !isBundled(id));
}
