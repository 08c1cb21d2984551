import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../build/places.ts";

const pages = globSync(["*.md", "docs/**/*.md", "packages/*/*.md", "harness/**/*.md", "bench/**/*.md"], {
  cwd: root,
  exclude: ["**/node_modules/**"],
});

/** What a page links to or shows, other sites left out. */
function targetsIn(text: string): string[] {
  const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
  return links.filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a page's headings, as they are made where Markdown is shown. */
function anchorsOf(path: string): string[] {
  return Array.from(readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(pages)("every link in %s leads somewhere", (page) => {
  const broken = targetsIn(readFileSync(join(root, page), "utf8")).filter((target) => {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? join(root, page) : join(root, dirname(page), path);
    if (!existsSync(file)) return true;
    return anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).includes(anchor);
  });
  expect(broken).toEqual([]);
});
