import { brotliCompressSync, constants } from "node:zlib";
import { type Plugin, rolldown } from "rolldown";

/**
 * Sets a library aside that is imported only when it is needed: in the bundle it is a compressed text, which
 * is made into code when it is imported. As code it would be read through by every process that starts, and
 * the one that gets certificates is seven times as long as the proxy.
 *
 * @param library as it is imported, by `import(…)` alone
 * @param names that are taken from it
 */
export function setAside(library: string, names: readonly string[]): Plugin {
  const id = `\0set-aside:${library}`;
  return {
    name: "set-aside",
    resolveId: (source) => (source === library ? id : null),
    load: async (loaded) => (loaded === id ? moduleOf(await codeOf(library), library, names) : null),
  };
}

async function codeOf(library: string): Promise<string> {
  const bundle = await rolldown({
    input: library,
    platform: "node",
    treeshake: true,
    cwd: import.meta.dirname,
  });
  const { output } = await bundle.generate({
    format: "cjs",
    codeSplitting: false,
    comments: { jsdoc: false },
  });
  await bundle.close();
  return output[0].code;
}

/** The best there is would make the image 26 KB smaller, of 44 MB, and each build 3.5 s longer. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

function moduleOf(code: string, library: string, names: readonly string[]): string {
  const text = brotliCompressSync(code, QUALITY).toString("base64");
  // The built-in modules are asked for here, since an import of them would be carried out at every start.
  return `import { createRequire } from "node:module";
const { brotliDecompressSync } = process.getBuiltinModule("node:zlib");
const { compileFunction } = process.getBuiltinModule("node:vm");
const code = brotliDecompressSync(Buffer.from(${JSON.stringify(text)}, "base64")).toString();
const library = { exports: {} };
const filename = ${JSON.stringify(`${library}.js`)};
compileFunction(code, ["module", "exports", "require"], { filename })(library, library.exports, createRequire(import.meta.url));
export const { ${names.join(", ")} } = library.exports;
`;
}
