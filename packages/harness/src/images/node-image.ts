import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { imagesFolder } from "../checkout.ts";
import { mustRun } from "../process/command.ts";
import { inStaging } from "../staging.ts";
import type { BaseImageContext } from "./debian-image.ts";

/** The Node that the workspace itself runs on. */
const NODE_VERSION = "24.21.0";

/** The npm that comes with it. */
const NPM_VERSION = "11.21.2";

/**
 * Makes an image from npm's own packages that serves where the public `node:24-trixie-slim` would.
 * It needs `debian:trixie-slim` on the engine.
 */
export async function makeNodeImage(name: string, context: BaseImageContext): Promise<void> {
  context.say(`Making ${name} from npm's packages, since it cannot be pulled (about 10 s, once)`);
  await inStaging(join(context.cache, "images"), async (staging) => {
    const architecture = (await context.docker.version()).Arch === "arm64" ? "arm64" : "x64";
    await unpackFromNpm(`node-linux-${architecture}@${NODE_VERSION}`, join(staging, "node"), context);
    await unpackFromNpm(`npm@${NPM_VERSION}`, join(staging, "npm"), context);
    const dockerfile = join(imagesFolder, "base", "node.Dockerfile");
    await mustRun(
      { doing: `Building ${name}`, code: "IMAGE_FAILED" },
      "docker",
      ["build", "--quiet", "--tag", name, "--file", dockerfile, staging],
      { env: context.env, signal: context.signal },
    );
  });
}

async function unpackFromNpm(spec: string, target: string, context: BaseImageContext): Promise<void> {
  await mkdir(target, { recursive: true });
  const { signal } = context;
  const doing = { doing: `Fetching ${spec} from npm`, code: "DOWNLOAD_FAILED" } as const;
  await mustRun(doing, "npm", ["pack", "--silent", "--pack-destination", target, spec], { signal });
  for (const name of await readdir(target)) {
    const unpacking = { doing: `Unpacking ${name}`, code: "IMAGE_FAILED" } as const;
    const args = ["--extract", "--gzip", "--strip-components=1", "--directory", target, "--file"];
    await mustRun(unpacking, "tar", [...args, join(target, name)], { signal });
    await rm(join(target, name));
  }
}
