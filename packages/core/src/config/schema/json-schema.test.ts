import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { jsonSchema } from "./json-schema.ts";

const folder = join(import.meta.dirname, "..", "fixtures");

/** Fixtures as an editor sees them: the base alone, its ERB not done. */
const plain = globSync("*/config/deploy.yml", { cwd: folder })
  .toSorted()
  .filter((file) => !/^(erb|kamal1|refused|base|destination|odd)-/.test(file))
  .map((file) => [file, readFileSync(join(folder, file), "utf8")] as const)
  .filter(([, text]) => !text.includes("<%"));

const editor = z.fromJSONSchema(jsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

it.each(plain)("accepts %s", (_, text) => {
  expect(editor.safeParse(parse(text, { merge: true, uniqueKeys: false })).error?.issues).toBeUndefined();
});

it("refuses an unknown key", () => {
  expect(editor.safeParse({ service: "shop", registry: {}, servces: [] }).success).toBe(false);
});

it("refuses a wrong type", () => {
  expect(editor.safeParse({ service: "shop", registry: {}, retain_containers: ["many"] }).success).toBe(
    false,
  );
});

it("says what a key is by default only where that could be written", () => {
  const properties = jsonSchema()["properties"] as Record<string, { default?: unknown }>;
  expect(properties["retain_containers"]?.default).toBe(5);
  expect(properties["image"]?.default).toBeUndefined();
});
