import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { thirdPartyLicences } from "./licences.ts";
import { npmPack } from "./npm-pack.ts";
import { dist, type PackageJson, packageJson, root } from "./places.ts";

const THIRD_PARTY = "THIRD-PARTY-LICENSES";

/**
 * Packs the bundled command line as users get it: `bin/`, `dist/`, and a package.json that asks
 * for nothing else: the bundle has it all.
 *
 * @param modules the paths of the files that the bundle is made of
 * @returns the path of the tarball
 */
export async function packCli(modules: readonly string[]): Promise<string> {
  const staging = join(dist, "package");
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const cli = join(root, "packages", "cli");
  for (const folder of ["bin", "dist"])
    await cp(join(cli, folder), join(staging, folder), { recursive: true });
  for (const file of ["README.md", "LICENSE"]) await cp(join(root, file), join(staging, file));
  await writeFile(join(staging, THIRD_PARTY), thirdPartyLicences(modules));
  await writeFile(join(staging, "package.json"), JSON.stringify(published(), null, 2));
  return npmPack(staging);
}

/** The command line's package.json without dependencies. */
function published(): PackageJson {
  const { dependencies: _, devDependencies: __, ...rest } = packageJson("cli");
  return { ...rest, files: ["bin", "dist", THIRD_PARTY] };
}
