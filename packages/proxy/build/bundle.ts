import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { setAside } from "./set-aside.ts";
import { wholeBuiltins } from "./whole-builtins.ts";

/**
 * The files of the program, as its image has them and as an installed one has them beside its Node: each is one
 * file of JavaScript, with nothing but Node's own modules outside it.
 */
export async function programFiles(): Promise<{ name: string; bytes: Buffer; mode?: number }[]> {
  return [
    // All that a client's conversation loads. The image's command for people, which the kernel starts: it has no shell.
    { name: "cutover-proxy.js", bytes: await asOneFile("launch.ts", "#!/bin/node"), mode: 0o755 },
    { name: "supervisor.js", bytes: await asOneFile("supervisor/main.ts") },
    // The whole of it, for everything else.
    { name: "proxy.js", bytes: await asOneFile("main.ts") },
    // Node would otherwise have to guess, at every start, that these are modules.
    { name: "package.json", bytes: Buffer.from('{"type":"module"}') },
  ];
}

async function asOneFile(source: string, banner = ""): Promise<Buffer> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`../src/${source}`, import.meta.url)),
    platform: "node",
    treeshake: true,
    plugins: [setAside("acme-client", ["Client", "axios", "crypto"]), wholeBuiltins],
    // That setting a library aside takes most of the time is known.
    checks: { pluginTimings: false },
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
