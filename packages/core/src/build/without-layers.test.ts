import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import * as tar from "tar-stream";
import { expect, test } from "vitest";
import { withoutLayers } from "./without-layers.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const blob = (letter: string) => `blobs/sha256/${letter.repeat(64)}`;

/** An archive as `docker image save` writes it, as far as it matters here. */
function saved(files: Record<string, string>): Readable {
  const archive = tar.pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  return Readable.from(archive);
}

async function contentsOf(archive: Readable): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  const entries = tar.extract();
  entries.on("entry", (header, content, next) => {
    text(content).then((read) => {
      contents[header.name] = read;
      next();
    }, next);
  });
  await pipeline(archive, entries);
  return contents;
}

const files = { [blob("a")]: "the base", [blob("b")]: "the app", "manifest.json": "[]" };

test("layers that are there already are left out, and all else is kept as it was", async () => {
  const sent = await contentsOf(withoutLayers(saved(files), new Set([digest("a"), digest("c")]), tar));
  expect(sent).toEqual({ [blob("b")]: "the app", "manifest.json": "[]" });
});

test("with nothing to leave out the archive passes through byte for byte", async () => {
  const sent = await buffer(withoutLayers(saved(files), new Set(), tar));
  expect(sent.equals(await buffer(saved(files)))).toBe(true);
});

test("an archive that breaks off fails whoever reads it", async () => {
  const broken = async function* () {
    yield (await buffer(saved({ [blob("b")]: "x".repeat(4096) }))).subarray(0, 1024);
    throw new Error("docker was killed");
  };
  await expect(buffer(withoutLayers(Readable.from(broken()), new Set([digest("a")]), tar))).rejects.toThrow(
    "docker was killed",
  );
});
