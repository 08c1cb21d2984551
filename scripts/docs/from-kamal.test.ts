import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deployFile } from "../../packages/core/src/config/schema/deploy-file.ts";
import { keysAt } from "../../packages/core/src/config/validate/shape.ts";
import { verbs } from "../../packages/core/src/config/verbs.ts";
import { root } from "../build/places.ts";

const rows = readFileSync(join(root, "docs/from-kamal.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| "));

function codeIn(text: string): string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, code = ""]) => code);
}

/** What the rows name as code, as single words. */
const named = new Set(rows.flatMap(codeIn).flatMap((code) => code.split(/[^\w-]+/)));

/** Kamal's commands, those that its help hides left out. */
const KAMAL: Readonly<Record<string, readonly string[]>> = {
  "": [
    "setup",
    "deploy",
    "redeploy",
    "rollback",
    "details",
    "audit",
    "config",
    "docs",
    "init",
    "remove",
    "upgrade",
    "version",
  ],
  accessory: ["boot", "reboot", "start", "stop", "restart", "details", "exec", "logs", "remove", "upgrade"],
  app: [
    "boot",
    "start",
    "stop",
    "details",
    "containers",
    "images",
    "version",
    "exec",
    "logs",
    "stale_containers",
    "maintenance",
    "live",
    "remove",
  ],
  build: ["deliver", "push", "pull", "create", "remove", "details", "dev"],
  lock: ["status", "acquire", "release"],
  proxy: ["boot", "start", "stop", "restart", "reboot", "details", "logs", "remove", "boot_config"],
  prune: ["all", "images", "containers"],
  registry: ["setup", "remove", "login", "logout"],
  secrets: ["fetch", "extract", "print"],
  server: ["bootstrap", "exec"],
};

/** What the first cells name, as `app boot`, or `app …` for a whole family. */
function told(): Set<string> {
  const commands = new Set<string>();
  for (const row of rows) {
    let family = "";
    for (const code of codeIn(row.split(" | ")[0] ?? "")) {
      const [first = "", ...others] = code.replace(/^kamal /, "").split(/[\s|\\]+/);
      if (first in KAMAL && others.length > 0) family = first;
      for (const command of family === first ? others : [first]) commands.add(`${family} ${command}`);
      commands.add(first);
    }
  }
  return commands;
}

test("every command of Kamal's is told of", () => {
  const all = told();
  const missing = Object.entries(KAMAL).flatMap(([family, names]) =>
    all.has(`${family} …`)
      ? []
      : names.map((name) => `${family} ${name}`.trim()).filter((name) => !all.has(name)),
  );
  expect(missing).toEqual([]);
});

test("every verb of ours is told of", () => {
  expect(verbs.filter((verb) => verb !== "help" && !named.has(verb))).toEqual([]);
});

test.each([
  [],
  ["builder"],
  ["proxy"],
  ["proxy", "run"],
  ["ssh"],
  ["sshkit"],
  ["boot"],
  ["registry"],
  ["servers", "web"],
])("every key of the configuration is told of: %s %s", (...path) => {
  expect(keysAt(deployFile, path).filter((key) => !named.has(key))).toEqual([]);
});
