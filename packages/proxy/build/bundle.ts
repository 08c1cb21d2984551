import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { setAside } from "./set-aside.ts";

/** The whole proxy as one file of JavaScript, with nothing but Node's own modules outside it. */
export const bundleProxy = (): Promise<Buffer> => asOneFile("main.ts");

/** What stands before it in the image, and is all that a client's conversation loads. */
export const bundleLauncher = (): Promise<Buffer> => asOneFile("launch.ts");

async function asOneFile(source: string): Promise<Buffer> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`../src/${source}`, import.meta.url)),
    platform: "node",
    treeshake: true,
    plugins: [setAside("acme-client", ["Client", "axios", "crypto"])],
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
    comments: { jsdoc: false },
  });
  await bundle.close();
  const [main, ...rest] = output;
  if (rest.length > 0) throw new Error(`one file was expected, not ${output.length}`);
  return Buffer.from(main.code);
}
