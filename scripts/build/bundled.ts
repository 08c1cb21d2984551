import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageJson, root } from "./places.ts";

/**
 * Packages that become part of the bundle: what parses and prints, made of a hundred small files
 * each, which take a third of a command's start to find and read. What speaks to hosts (ssh2,
 * dockerode) stays for npm to install and to keep patched.
 */
export const bundled = ["commander", "picocolors", "ssh-config", "yaml", "zod"] as const;

/** Whether an import is one of {@link bundled}, or of a file within one. */
export function isBundled(id: string): boolean {
  return bundled.some((name) => id === name || id.startsWith(`${name}/`));
}

/** What their licences want to be said where they are passed on. */
export function thirdPartyLicences(): string {
  const parts = bundled.map((name) => {
    const folder = folderOf(name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `# ${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
  });
  return `dist/ contains code of these packages.\n\n${parts.join("\n")}`;
}

/** pnpm puts a package beside the one that depends on it. */
function folderOf(name: string): string {
  for (const dependent of ["cli", "core"] as const) {
    const folder = join(root, "packages", dependent, "node_modules", name);
    if (packageJson(dependent).dependencies?.[name] !== undefined && existsSync(folder)) return folder;
  }
  throw new Error(`${name} is to be bundled, but neither cli nor core depends on it`);
}
