import { spawn } from "node:child_process";
import { PassThrough, type Readable } from "node:stream";
import { z } from "zod";
import type { CommandContext } from "../commands/context.ts";
import { DeployError } from "../errors/index.ts";
import { runProgram } from "./program.ts";
import { withoutLayers } from "./without-layers.ts";

/** An image in the store of this machine's engine. */
export interface LocalImage {
  /** `sha256:…`: as this engine names it. */
  id: string;
  /** As Docker calls it: `amd64`. */
  architecture: string;
  /** The digests of its layers' content, the lowest first. */
  layers: string[];
}

/** The images of this machine's engine, for hosts that get them from here. */
export interface LocalImages {
  /**
   * @param reference a name with tag, or an id
   * @returns null where there is no such image
   * @throws DeployError BUILDER_MISSING when Docker does not answer
   */
  find(reference: string): Promise<LocalImage | null>;
  /**
   * The image as `docker load` takes it, as a stream that fails where the image cannot be read.
   *
   * @param layersThere content digests of layers that whoever loads it has already
   */
  save(reference: string, layersThere: ReadonlySet<string>): Promise<Readable>;
}

const inspected = z.object({
  Id: z.string(),
  Architecture: z.string().default(""),
  RootFS: z.object({ Layers: z.array(z.string()).default([]) }),
});

/** Speaks to this machine's engine through its client, which knows where it is. */
export function localImages({
  cwd,
  env,
  signal,
}: Pick<CommandContext, "cwd" | "env" | "signal">): LocalImages {
  return {
    async find(reference) {
      const args = ["image", "inspect", "--format", "{{json .}}", reference];
      const end = await runProgram({ program: "docker", args, cwd, env, signal });
      if (end?.exitCode !== 0) {
        const said = end?.stderr ?? ["there is no docker on this machine's PATH"];
        if (said.some((line) => /no such image/i.test(line))) return null;
        throw new DeployError("BUILDER_MISSING", {
          cause: "Docker on this machine does not answer",
          hint: "docker info",
          details: said,
        });
      }
      const { Id, Architecture, RootFS } = inspected.parse(JSON.parse(end.stdout.join("\n")));
      return { id: Id, architecture: Architecture, layers: RootFS.Layers };
    },
    async save(reference, layersThere) {
      const tar = await import("tar-stream");
      const child = spawn("docker", ["image", "save", reference], {
        cwd,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let said = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
      const output = new PassThrough();
      const fail = (why: string) => output.destroy(new Error(why));
      // What it wrote is whole only if it ended well, which is known after its output has ended.
      child.stdout.pipe(output, { end: false });
      child.once("error", (error) => fail(error.message));
      child.once("close", (exitCode) => {
        if (exitCode === 0) output.end();
        else fail(`docker image save ended with ${exitCode}: ${said.trim()}`);
      });
      const archive = withoutLayers(output, layersThere, tar);
      archive.once("close", () => child.kill());
      return archive;
    },
  };
}
