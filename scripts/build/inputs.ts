import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.ts";

const notShipped = ["**/*.test.ts", "**/*.fixture.ts", "**/testing/**"];

/** A hash over everything that the packed command line is made of. */
export const cliInputs = () =>
  hashOf(
    "packages/{cli,core}/src/**/*.ts",
    "packages/proxy/{src/control/protocol,build/whole-builtins}.ts",
    "packages/{cli,core}/package.json",
    "packages/cli/bin/*.js",
    "scripts/build/*.ts",
    "{README.md,LICENSE,pnpm-lock.yaml}",
  );

/** A hash over everything that the proxy's image is made of. */
export const proxyInputs = () =>
  hashOf("packages/proxy/{src,build}/**/*.ts", "packages/proxy/package.json", "scripts/build/*.ts");

function hashOf(...patterns: string[]): string {
  const files = globSync(patterns, { cwd: root, exclude: notShipped });
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}
