import { expect, test } from "vitest";
import { wholeBuiltins } from "./whole-builtins.ts";

const rendered = wholeBuiltins.renderChunk as unknown as (code: string) => string;

test.each([
  [
    'import { readFile as read, stat } from "node:fs";',
    'const { readFile: read, stat } = process.getBuiltinModule("node:fs");',
  ],
  ['import http from "node:http";', 'const http = process.getBuiltinModule("node:http");'],
  ['import * as tls from "node:tls";', 'const tls = process.getBuiltinModule("node:tls");'],
  [
    'import os, { hostname } from "node:os";',
    'const os = process.getBuiltinModule("node:os");\nconst { hostname } = os;',
  ],
])("%s takes the module whole", (written, taken) => {
  expect(rendered(`${written}\nrest();`)).toBe(`${taken}\nrest();`);
});

test("imports of anything else stay as they are", () => {
  const code = 'import { a } from "./chunk.js";\nawait import("node:zlib");';
  expect(rendered(code)).toBe(code);
});

test("an import that is written in another way is not overlooked", () => {
  expect(() => rendered('import "node:process";')).toThrow("not understood");
});
