import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { projectsIn } from "./projects.ts";
import { tryProject } from "./try.ts";

const base = `service: shop
image: acme/shop
registry: {username: acme, password: [REGISTRY_PASSWORD]}
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpus-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The reasons by file, for files with these texts. */
async function outcomes(files: Record<string, string>): Promise<Record<string, string[]>> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const tried = await Promise.all(projectsIn(folder).map((project) => tryProject(project, false)));
  return Object.fromEntries(tried.map(({ file, reasons }) => [file, reasons]));
}

it("loads a base without hosts through one of its destinations, and each destination over its base", async () => {
  expect(
    await outcomes({
      "shop.yml": base,
      "shop.qa.yml": "servers: [192.0.2.10]\n",
      "shop.bad.yml": "servers: [192.0.2.11]\nprox: 1\n",
    }),
  ).toEqual({
    "shop.yml": [],
    "shop.qa.yml": [],
    "shop.bad.yml": ["shop.bad.yml:2:1 prox: unknown key; did you mean proxy?"],
  });
});

it("stands in for variables and files that only the owner has", async () => {
  const text = `${base}servers: [<%= ENV["HOST"] %>, <%= ENV.fetch("OTHER") %>2]\nenv: {V: <%= File.read("VERSION").strip %>}\n`;
  expect(await outcomes({ "shop.yml": text })).toEqual({ "shop.yml": [] });
});

it("runs no command of a file", async () => {
  const mark = join(folder, "mark");
  const text = `${base}servers: [192.0.2.10]\nenv: {V: <%= \`touch ${mark}\`.strip %>}\n`;
  expect(await outcomes({ "shop.yml": text })).toEqual({ "shop.yml": [] });
  expect(existsSync(mark)).toBe(false);
});
