import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const launcher = fileURLToPath(new URL("launch.ts", import.meta.url));

/** Writes what was loaded to standard output, at the end. */
const telling = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({
    load(url, context, next) {
      if (url.includes("/proxy/src/")) process.stdout.write(url.split("/proxy/src/")[1] + "\\n");
      return next(url, context);
    },
  });
  process.on("exit", () => process.stdout.write(process.moduleLoadList.join("\\n")));
`)}`;

test("a conversation with the proxy begins without what serves, and says when there is no proxy", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", telling, launcher, "dial", "--socket", "/nowhere/control"],
    { encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "cutover-proxy: no proxy is running here (no control socket)\n",
  });
  expect(stdout).toContain("control/dial.ts");
  expect(stdout).not.toMatch(/exchange|acme|undici|NativeModule (http|tls|crypto)$/m);
});
