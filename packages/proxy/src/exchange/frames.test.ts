import { expect, test } from "vitest";
import { closeFrame, FrameBorders } from "./frames.ts";

const frame = (payload: number, masked: boolean): Buffer => {
  const mask = masked ? 0x80 : 0;
  const header =
    payload < 126
      ? Buffer.from([0x82, mask | payload])
      : payload < 65_536
        ? Buffer.from([0x82, mask | 126, payload >> 8, payload & 0xff])
        : Buffer.concat([
            Buffer.from([0x82, mask | 127]),
            Buffer.from([0, 0, 0, 0, 0, payload >> 16, (payload >> 8) & 0xff, payload & 0xff]),
          ]);
  return Buffer.concat([header, Buffer.alloc(masked ? 4 : 0), Buffer.alloc(payload, 0x81)]);
};

test.each([
  [0, false],
  [1, true],
  [125, false],
  [126, true],
  [65_535, false],
  [70_000, true],
])("a frame of %i bytes ends where it ends, masked: %s", (payload, masked) => {
  const bytes = Buffer.concat([frame(payload, masked), frame(3, masked)]);
  const borders = new FrameBorders();
  expect(borders.toBorder(bytes, 0)).toBe(bytes.length - frame(3, masked).length);
  expect(borders.atBorder).toBe(true);
});

test("borders are the same however the bytes are split", () => {
  const bytes = Buffer.concat([frame(5, true), frame(300, true), frame(0, true)]);
  const ends = [frame(5, true).length, frame(5, true).length + frame(300, true).length, bytes.length];
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const borders = new FrameBorders();
    borders.follow(bytes.subarray(0, cut));
    expect(borders.atBorder).toBe(cut === 0 || ends.includes(cut));
    borders.follow(bytes.subarray(cut));
    expect(borders.atBorder).toBe(true);
  }
});

test("the close frame says 1012, masked where a client would send it", () => {
  expect(closeFrame(false).readUInt16BE(2)).toBe(1012);
  expect(closeFrame(true)[1]).toBe(0x82);
  expect(closeFrame(true).readUInt16BE(6)).toBe(1012);
});
