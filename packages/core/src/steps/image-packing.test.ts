import { buffer } from "node:stream/consumers";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { packer } from "./image-packing.ts";

const archive = Buffer.alloc(100_000, "an archive ");

function packedFor(engine: string): Promise<Buffer> {
  const packing = packer({ engine });
  packing.end(archive);
  return buffer(packing);
}

test.each(["23.0.0", "26.1.5+dfsg1", "29.0.1"])(
  "an engine of version %s gets an image in zstd",
  async (engine) => {
    expect(zstdDecompressSync(await packedFor(engine))).toEqual(archive);
  },
);

test.each(["20.10.24+dfsg1", "22.06.0-beta.0", "dev"])(
  "an engine of version %s gets it in gzip",
  async (engine) => {
    expect(gunzipSync(await packedFor(engine))).toEqual(archive);
  },
);
