import { fileURLToPath } from "node:url";
import { type Plugin, rolldown } from "rolldown";
import { wholeBuiltins } from "./whole-builtins.ts";

/**
 * The files of the program, as its image has them and as an installed one has them beside its Node: each is one
 * file of JavaScript, with nothing but Node's own modules outside it.
 */
export async function programFiles(): Promise<{ name: string; bytes: Buffer; mode?: number }[]> {
  return [
    // All that a client's conversation loads. The image's command for people, which the kernel starts: it has no shell.
    { name: "cutover-proxy.js", bytes: await asOneFile(ofOurs("launch.ts"), "#!/bin/node"), mode: 0o755 },
    { name: "supervisor.js", bytes: await asOneFile(ofOurs("supervisor/main.ts")) },
    // The whole of it, for everything else.
    { name: "proxy.js", bytes: await asOneFile(ofOurs("main.ts")) },
    { name: fileApart, bytes: await asOneFile(apart) },
    // Node would otherwise have to guess, at every start, that these are modules.
    { name: "package.json", bytes: Buffer.from('{"type":"module"}') },
  ];
}

/**
 * What gets certificates is seven times as long as the proxy, and read by the process that gets one: in the same file
 * every process that starts would read through it.
 */
const apart = "acme-client";
const fileApart = `${apart}.js`;

const keptApart: Plugin = {
  name: "kept-apart",
  resolveId: (source, importer) =>
    source === apart && importer !== undefined ? { id: `./${fileApart}`, external: true } : null,
};

function ofOurs(source: string): string {
  return fileURLToPath(new URL(`../src/${source}`, import.meta.url));
}

async function asOneFile(input: string, banner = ""): Promise<Buffer> {
  const bundle = await rolldown({
    input,
    cwd: import.meta.dirname,
    platform: "node",
    treeshake: true,
    plugins: [keptApart, wholeBuiltins],
    onLog(level, log, handle) {
      // An import left open would only be missed in the image, and only when it is needed there.
      if (log.code === "UNRESOLVED_IMPORT") throw new Error(log.message);
      handle(level, log);
    },
  });
  const { output } = await bundle.generate({
    format: "esm",
    codeSplitting: false,
    minify: false,
    banner,
    comments: { jsdoc: false },
  });
  await bundle.close();
  const [main, ...rest] = output;
  if (rest.length > 0) throw new Error(`one file was expected, not ${output.length}`);
  return Buffer.from(main.code);
}
