import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployFile } from "../../packages/core/src/config/schema/deploy-file.ts";
import { type Key, keysOf } from "../../packages/core/src/config/schema/reference.ts";

/** The text of `docs/configuration.md`: a word on the file, then every key from the schema. */
export function configurationPage(): string {
  const introduction = readFileSync(join(import.meta.dirname, "configuration-introduction.md"), "utf8");
  const keys = keysOf(deployFile);
  const parts = [
    introduction.trim(),
    "## Keys of the file",
    table(keys.filter((key) => key.below.length === 0)),
    ...keys.filter((key) => key.below.length > 0).map((key) => section(key, [])),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(key: Key, above: string[]): string {
  const path = [...above, key.name];
  const flat = key.below.filter((one) => one.below.length === 0);
  const deeper = key.below.filter((one) => one.below.length > 0);
  const parts = [
    heading(path),
    [
      key.description,
      key.required ? "Required." : "",
      byDefault(key) === "" ? "" : `Default: ${byDefault(key)}.`,
    ]
      .filter((part) => part !== "")
      .join(" "),
    flat.length === 0 ? "" : table(flat),
    ...deeper.map((one) => (isToldAlready(one, path) ? reference(one, path) : section(one, path))),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** These have the same keys wherever they stand. */
function isToldAlready(key: Key, above: string[]): boolean {
  return ["env", "logging", "proxy", "registry"].includes(key.name) && above[0] !== "proxy";
}

function reference(key: Key, above: string[]): string {
  return `${heading([...above, key.name])}\n\n${key.description} Its keys are those of [${key.name}](#${key.name}).`;
}

function heading(path: string[]): string {
  return `${"#".repeat(Math.min(path.length + 2, 5))} ${path.join(".")}`;
}

function table(keys: Key[]): string {
  const rows = keys.map((key) => {
    const name = `\`${key.name}\`${key.required ? " (required)" : ""}`;
    return `| ${name} | ${key.takes} | ${byDefault(key)} | ${escaped(key.description)} |`;
  });
  return ["| key | takes | default | |", "|---|---|---|---|", ...rows].join("\n");
}

function byDefault(key: Key): string {
  if (key.words !== null) return key.words;
  return key.value === undefined ? "" : `\`${escaped(JSON.stringify(key.value))}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
