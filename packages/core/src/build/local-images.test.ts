import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localImages } from "./local-images.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-docker-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Images of an engine whose client is a script that stands for Docker's, which unit tests do without. */
async function imagesOf(script: string) {
  await writeFile(join(folder, "docker"), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, "docker"), 0o755);
  const env = { PATH: `${folder}:/usr/bin:/bin` };
  return localImages({ cwd: folder, env, signal: new AbortController().signal });
}

test("an image is found with what it is for and its layers", async () => {
  const images = await imagesOf(
    `echo '{"Id":"sha256:1","Architecture":"arm64","RootFS":{"Layers":["sha256:a","sha256:b"]}}'`,
  );
  expect(await images.find("shop:1")).toEqual({
    id: "sha256:1",
    architecture: "arm64",
    layers: ["sha256:a", "sha256:b"],
  });
});

test("an image that is not there is told from an engine that does not answer", async () => {
  const missing = await imagesOf("echo 'Error response from daemon: No such image: shop:1' >&2; exit 1");
  expect(await missing.find("shop:1")).toBeNull();
  const away = await imagesOf("echo 'Cannot connect to the Docker daemon' >&2; exit 1");
  await expect(away.find("shop:1")).rejects.toMatchObject({ code: "BUILDER_MISSING" });
});

test("an archive is whole only when the client ended well, however much it has written", async () => {
  const whole = await imagesOf("printf archive");
  expect(await text(await whole.save("shop:1", new Set()))).toBe("archive");
  const broken = await imagesOf("printf arch; echo 'no space left' >&2; exit 1");
  await expect(text(await broken.save("shop:1", new Set()))).rejects.toThrow("ended with 1: no space left");
});
