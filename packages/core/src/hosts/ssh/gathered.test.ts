import { once } from "node:events";
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { gathered } from "./gathered.ts";

/** A stream that tells what reached its far end together. */
function aStream() {
  const arrived: string[] = [];
  const stream = new Writable({
    writev(chunks, done) {
      arrived.push(chunks.map(({ chunk }) => String(chunk)).join(""));
      done();
    },
    write(chunk, _encoding, done) {
      arrived.push(String(chunk));
      done();
    },
  });
  return { arrived, stream: gathered(stream) };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("what is written in one turn leaves in one piece", async () => {
  const { arrived, stream } = aStream();
  for (const piece of ["length ", "body ", "tag"]) stream.write(piece);
  await nextTurn();
  stream.write("next");
  await nextTurn();
  expect(arrived).toEqual(["length body tag", "next"]);
});

test("what was written before the end still leaves", async () => {
  const { arrived, stream } = aStream();
  stream.write("good");
  stream.write("bye");
  stream.end();
  await once(stream, "finish");
  expect(arrived).toEqual(["goodbye"]);
});
