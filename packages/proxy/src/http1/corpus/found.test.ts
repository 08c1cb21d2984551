import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NodeReader } from "../fuzz/node-http.ts";
import { fault, type Sample } from "../fuzz/oracle.ts";

const found: Sample[] = JSON.parse(readFileSync(new URL("./found.json", import.meta.url), "utf8"));

test.each(found)("what the fuzzer once found wrong stays right: $bytes", async (sample) =>
  expect(await fault(sample, [], new NodeReader())).toBeNull(),
);
