import { expect, test } from "vitest";
import { aDigest, anActive, anOlderRecord, aRecord, aServingState } from "./builders.fixture.ts";
import { roomFor } from "./room.ts";

const image = (n: number, sizeBytes: number) => ({
  id: `i${n}`,
  sizeBytes,
  references: [`registry.test/shop:v${n}`, `registry.test/shop@${aDigest(`${n}`)}`],
});

const state = aServingState({
  disk: { folder: "/var/lib/docker", freeBytes: 10, totalBytes: 100 },
  records: [3, 2, 1].map(anOlderRecord),
  active: anActive({ release: "r3", version: "v3", previous: ["r2", "r1"] }),
  images: [image(3, 300), image(2, 200), image(1, 100)],
});

test("the room is what is free, what serves takes, and what a prune would free", () => {
  const boot = { state, record: aRecord({ release: "r4" }) };
  expect(roomFor(boot, 1)).toEqual({
    folder: "/var/lib/docker",
    freeBytes: 10,
    servingBytes: 300,
    prunableBytes: 100,
  });
});

test("where the image is on the host already, nothing has to have room", () => {
  expect(roomFor({ state, record: { ...aRecord(), image: anOlderRecord(2).image } }, 1)).toBeNull();
});

test("a room that cannot be told is not guessed", () => {
  expect(roomFor({ state: { ...state, disk: null }, record: aRecord() }, 1)).toBeNull();
});
