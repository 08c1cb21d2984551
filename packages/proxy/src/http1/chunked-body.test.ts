import { expect, test } from "vitest";
import { ChunkedBody, decodeChunks } from "./chunked-body.ts";

const bytes = Buffer.from("3\r\nabc\r\n2;x\r\nde\r\n0\r\nX-Sum: 5\r\n\r\nGET /next");

test("says where the body ends among the bytes at hand", () => {
  const body = new ChunkedBody();
  expect(body.scan(bytes, 0, bytes.length)).toBe(bytes.indexOf("GET /next"));
  expect(body.done).toBe(true);
});

test("gives the content without its framing", () => {
  const pieces: string[] = [];
  const content = (from: Buffer, start: number, end: number) => {
    pieces.push(from.toString("latin1", start, end));
  };
  decodeChunks(new ChunkedBody(), bytes, 0, { content });
  expect(pieces).toEqual(["abc", "de"]);
});

test("gives the trailers once the body is done", () => {
  const body = new ChunkedBody();
  body.scan(bytes, 0, 20);
  expect(body.trailers).toBeNull();
  body.scan(bytes, 20, bytes.length);
  expect(body.trailers?.get("x-sum")).toBe("5");
});

test("could be ended by a last chunk only between chunks", () => {
  const body = new ChunkedBody();
  const between: number[] = [];
  for (let at = 0; !body.done; at++) {
    if (body.betweenChunks) between.push(at);
    body.scan(bytes, at, at + 1);
  }
  expect(between).toEqual([0, "3\r\nabc\r\n".length, "3\r\nabc\r\n2;x\r\nde\r\n".length]);
});
