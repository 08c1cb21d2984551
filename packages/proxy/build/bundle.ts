import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** The whole proxy as one file of JavaScript, with nothing but Node's own modules outside it. */
export async function bundleProxy(): Promise<Buffer> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL("../src/main.ts", import.meta.url)),
    platform: "node",
    treeshake: true,
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
