import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { pages } from "./pages.ts";

test.each(Object.keys(pages).map((path) => [basename(path), path]))(
  "%s is what pnpm generate would write",
  (_name, path) => {
    expect(readFileSync(path, "utf8")).toBe(pages[path]?.());
  },
);
