import type { Plugin } from "rolldown";

const IMPORT = /^import (?:([\w$]+)(?:, )?)?(?:(\{[^}]*\})|\* as ([\w$]+))? ?from "(node:[^"]+)";$/gm;

/**
 * Has a bundle take Node's own modules whole. For an `import` of one Node reads everything that it exports, and
 * so loads parts that it has for whoever asks: some 10 ms of every process that starts.
 */
export const wholeBuiltins: Plugin = {
  name: "whole-builtins",
  renderChunk(code) {
    const taken = code.replaceAll(IMPORT, takenWhole);
    const left = /^import .*"node:.*$/m.exec(taken);
    if (left !== null) throw new Error(`an import that is not understood: ${left[0]}`);
    return taken;
  },
};

function takenWhole(
  _import: string,
  all: string | undefined,
  names: string | undefined,
  space: string | undefined,
  id: string,
): string {
  const whole = all ?? space;
  const taken = `process.getBuiltinModule(${JSON.stringify(id)})`;
  const lines = whole === undefined ? [] : [`const ${whole} = ${taken};`];
  if (names !== undefined) lines.push(`const ${names.replaceAll(" as ", ": ")} = ${whole ?? taken};`);
  return lines.join("\n");
}
