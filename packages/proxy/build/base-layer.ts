import { proxyContainer } from "../src/control/protocol.ts";
import { librariesOf } from "./libraries.ts";
import { nodeFiles } from "./node-binary.ts";
import type { Arch } from "./parts.ts";
import { type TarEntry, writeTar } from "./tar.ts";

/**
 * The layer that hardly ever changes: the Node binary, the libraries it loads, and the few files
 * that name resolution and the user need. No shell, no package manager, no CA bundle: Node has its own.
 */
export async function baseLayer(arch: Arch, mirror: string): Promise<Buffer> {
  const [node, libraries] = await Promise.all([nodeFiles(arch), librariesOf(arch, mirror)]);
  const owner = Number.parseInt(proxyContainer.user, 10);
  const files: TarEntry[] = [
    { path: "bin/node", bytes: node.binary, mode: 0o755 },
    ...libraries.entries,
    text("etc/passwd", `root:x:0:0::/:/none\nproxy:x:${owner}:${owner}::/:/none\n`),
    text("etc/group", `root:x:0:\nproxy:x:${owner}:\n`),
    text("etc/nsswitch.conf", "hosts: files dns\n"),
    { path: "usr/share/licenses/node", bytes: node.licence, mode: 0o644 },
    text("usr/share/licenses/libraries", licencesOf(libraries.versions)),
    // A named volume takes its first owner from the folder that it covers.
    { path: proxyContainer.stateDirectory.slice(1), bytes: null, mode: 0o700, owner },
    { path: proxyContainer.runDirectory.slice(1), bytes: null, mode: 0o700, owner },
  ];
  return writeTar(withFolders(files));
}

function text(path: string, content: string): TarEntry {
  return { path, bytes: Buffer.from(content), mode: 0o644 };
}

function licencesOf(versions: readonly string[]): string {
  const terms = "glibc under LGPL-2.1-or-later; the GCC runtime under GPL-3.0 with its runtime exception";
  return `Shared libraries from Debian, unchanged: ${versions.join(", ")}.\n${terms}.\n`;
}

/** Each folder before what lies in it. */
function withFolders(files: readonly TarEntry[]): TarEntry[] {
  const known = new Set(files.filter(({ bytes }) => bytes === null).map(({ path }) => path));
  const folders = new Set<string>();
  for (const { path } of files) {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length; depth += 1) folders.add(parts.slice(0, depth).join("/"));
  }
  const made = [...folders].filter((path) => !known.has(path)).sort();
  return [...made.map((path): TarEntry => ({ path, bytes: null, mode: 0o755 })), ...files];
}
