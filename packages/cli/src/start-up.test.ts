import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** Writes the address of each module that is loaded to standard error. */
const telling = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({
    load(url, context, next) {
      process.stderr.write(url + "\\n");
      return next(url, context);
    },
  });
`)}`;

function loadedBy(...typed: string[]): string {
  const script = `${process.execPath} --import '${telling}' ${main} ${typed.join(" ")} 2>&1 >/dev/null`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" });
}

// They take longer to load than everything else these answers need, Node included.
test.each([["version"], ["--version"], ["--help"], ["rollback --help"]])(
  "deploy %s loads neither ssh2, dockerode, zod nor yaml",
  (typed) => {
    const loaded = loadedBy(typed);
    expect(loaded).toContain("/commander/");
    expect(loaded).not.toMatch(/\/(ssh2|dockerode|zod|yaml)\//);
  },
);
