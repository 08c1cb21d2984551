import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Writes the address of each module that is loaded to standard error. */
const telling = asModule(`
  import { registerHooks } from "node:module";
  registerHooks({
    load(url, context, next) {
      process.stderr.write(url + "\\n");
      return next(url, context);
    },
  });
`);

/** Answers each command line in turn, in one process: Node's own start takes longer than an answer. */
const answering = (...lines: string[][]) =>
  asModule(`
    import { run } from ${JSON.stringify(addressOf("run.ts"))};
    import { ownSurroundings } from ${JSON.stringify(addressOf("surroundings.ts"))};
    for (const typed of ${JSON.stringify(lines)}) console.log(await run(typed, ownSurroundings()));
  `);

function asModule(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

function addressOf(file: string): string {
  return new URL(file, import.meta.url).href;
}

// They take longer to load than everything else these answers need, Node included.
test("deploy version, --version, --help and a verb's --help load neither ssh2, dockerode, zod nor yaml", () => {
  const asked = answering(["version"], ["--version"], ["--help"], ["rollback", "--help"]);
  const script = `${process.execPath} --import '${telling}' --import '${asked}' ${fileURLToPath(new URL("main.ts", import.meta.url))} version 2>&1`;
  const printed = execFileSync("sh", ["-c", script], { encoding: "utf8" });
  expect(printed.match(/^0$/gm)).toHaveLength(4);
  expect(printed).toContain("/commander/");
  expect(printed).not.toMatch(/\/(ssh2|dockerode|zod|yaml)\//);
});
