import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const packages = [
  "wrk",
  "libluajit-5.1-2",
  "nginx",
  "haproxy",
  "liblua5.3-0",
  "libpcre2-8-0",
  "libopentracing-c-wrapper0",
  "libopentracing1",
  "nghttp2-client",
  "libnghttp2-14",
  "libev4",
  "libjansson4",
  "libjemalloc2",
  "libxml2",
];

/** The peers and the load generators of the machine's own Debian, unpacked and not installed. */
export interface Tools {
  wrk: string;
  h2load: string;
  nginx: string;
  haproxy: string;
  /** For `LD_LIBRARY_PATH`: what they load beside what every machine has. */
  libraries: string;
}

/** @throws Error on a system that is no Debian */
export function findTools(): Tools {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const which = createHash("sha256").update(packages.join(" ")).digest("hex").slice(0, 8);
  const root = join(cache, "cutover", `bench-tools-${which}`);
  if (!existsSync(root)) unpack(root);
  return {
    wrk: join(root, "usr/bin/wrk"),
    h2load: join(root, "usr/bin/h2load"),
    nginx: join(root, "usr/sbin/nginx"),
    haproxy: join(root, "usr/sbin/haproxy"),
    libraries: readdirSync(join(root, "usr/lib"))
      .filter((name) => name.endsWith("-linux-gnu"))
      .map((name) => join(root, "usr/lib", name))
      .join(":"),
  };
}

function unpack(root: string): void {
  const making = `${root}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  execFileSync("apt-get", ["download", "-q", ...packages], {
    cwd: making,
    stdio: ["ignore", "ignore", "pipe"],
  });
  for (const file of readdirSync(making).filter((name) => name.endsWith(".deb"))) {
    execFileSync("dpkg", ["-x", join(making, file), making]);
    rmSync(join(making, file));
  }
  renameSync(making, root);
}
