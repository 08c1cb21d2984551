import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { importsIn, type Source, sourcesOf } from "./sources.ts";

/*
 * Who may import whom; docs/architecture.md draws it. A list below names the files that break a
 * rule, so a failure says where to look.
 */

const packages = ["cli", "core", "harness", "proxy"] as const;
type Package = (typeof packages)[number];

/** What each package may import of the others. */
const neighbours: Record<Package, RegExp | null> = {
  cli: /^@cutover\/core(\/.+)?$/,
  core: /^@cutover\/proxy\/protocol$/,
  harness: /^@cutover\/core\/(config|errors)$/,
  proxy: null,
};

const isRelative = (specifier: string) => specifier.startsWith(".");
const isThirdParty = (specifier: string) =>
  !isRelative(specifier) && !isBuiltin(specifier) && !specifier.startsWith("@cutover/");

type Rule = (specifier: string, source: Source) => boolean;

/** `path → import` of every import that is against a rule. */
const offences = (sources: readonly Source[], against: Rule) => told(sources, "imports", against);

/** The same, of what is still imported when the code runs. A type can do nothing, so anyone may name one. */
const offencesAtRunTime = (sources: readonly Source[], against: Rule) => told(sources, "loads", against);

function told(sources: readonly Source[], which: "imports" | "loads", against: Rule): string[] {
  return sources.flatMap((source) =>
    source[which].filter((name) => against(name, source)).map((name) => `${source.path} → ${name}`),
  );
}

const inFolder = (folder: string) => (source: Source) => source.path.startsWith(`${folder}/`);

test.each(packages)("%s imports of the other packages only what it may", (name) => {
  const allowed = neighbours[name];
  expect(
    offences(
      sourcesOf(name),
      (specifier) => specifier.startsWith("@cutover/") && !(allowed?.test(specifier) ?? false),
    ),
  ).toEqual([]);
});

test.each(packages)("no relative import leaves %s", (name) => {
  const leaves = (specifier: string, { path }: Source) =>
    isRelative(specifier) && !join(dirname(path), specifier).startsWith(`packages/${name}/`);
  expect(offences(sourcesOf(name), leaves)).toEqual([]);
});

test("the proxy needs nothing but Node, and what gets certificates", () => {
  const inAcme = inFolder("packages/proxy/src/tls/acme");
  const isOther = (name: string, source: Source) =>
    isThirdParty(name) && !(name === "acme-client" && inAcme(source));
  expect(offences(sourcesOf("proxy"), isOther)).toEqual([]);
});

test("only the folder that reaches hosts knows ssh2 and dockerode", () => {
  const elsewhere = sourcesOf("core").filter((source) => !inFolder("packages/core/src/hosts")(source));
  expect(offencesAtRunTime(elsewhere, (name) => /^(ssh2|dockerode)$/.test(name))).toEqual([]);
});

test("core has no terminal code and leaves the process alone", () => {
  const core = sourcesOf("core");
  expect(offences(core, (name) => /^(commander|picocolors)$/.test(name))).toEqual([]);
  const touching = core.filter(({ text }) =>
    /\bprocess\.(exit|env|argv|stdout|stderr)\b|\bconsole\./.test(code(text)),
  );
  expect(touching.map(({ path }) => path)).toEqual([]);
});

test("what decides knows nothing of what does: no plan imports hosts, run, or anything that has effects", () => {
  const plan = sourcesOf("core").filter(inFolder("packages/core/src/plan"));
  const effects = (name: string) =>
    /^\.\.\/(hosts|run|build|commands|observe)\b/.test(name) ||
    /^node:(fs|child_process|net|http)/.test(name);
  expect(offencesAtRunTime(plan, effects)).toEqual([]);
});

test("imports are seen in every way they are written", () => {
  const text = `
import "a";
import b from "b";
import {
  c,
} from "c";
import type { D } from "d";
export { e } from "e";
const f = await import("f");
`;
  expect(importsIn(text).sort()).toEqual(["a", "b", "c", "d", "e", "f"]);
});

/** The text without its comments, which may speak of what the code must not do. */
function code(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, "");
}
