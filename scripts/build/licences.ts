import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package, by the folder that it lies in. */
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENCE = /^licen[cs]e(?:\.(?:md|txt))?$/i;

/**
 * What the licences of packages want to be said where their code is passed on.
 *
 * @param modules paths of the files that a bundle is made of; those of no package count for nothing
 * @throws Error for a package that brings no licence along
 */
export function thirdPartyLicences(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((path) => PACKAGE.exec(path)?.[0] ?? []));
  const parts = new Set([...folders].map(licenceOf));
  return `dist/ contains code of these packages.\n\n${[...parts].sort().join("\n")}`;
}

function licenceOf(folder: string): string {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const kind = license ?? licenses[0].type;
  const file = readdirSync(folder).find((entry) => LICENCE.test(entry));
  if (file === undefined) throw new Error(`${name} is to be bundled, and has no licence in ${folder}`);
  return `# ${name} ${version} (${kind})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
