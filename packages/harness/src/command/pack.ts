import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { HarnessError } from "../harness-error.ts";
import { LineSplitter } from "./lines.ts";

const buildScript = fileURLToPath(new URL("../../../../scripts/build.ts", import.meta.url));

/** How many of the build's last lines are kept for its failure. */
const EVIDENCE_LINES = 30;

/**
 * Packs the tarballs that the deployer installs, as `pnpm build` does. What has not changed is not
 * packed again.
 *
 * @param say takes each line of the build.
 * @throws HarnessError `NOT_BUILT` with the build's last lines.
 */
export async function packTarballs(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const last: string[] = [];
  const lines = new LineSplitter((line) => {
    last.push(line);
    say(line);
  });
  const code = await new Promise<number | null>((done, fail) => {
    const child = spawn(process.execPath, [buildScript], { stdio: ["ignore", "pipe", "pipe"], signal });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (piece: string) => lines.take(piece));
    child.once("error", fail);
    child.once("close", done);
  });
  lines.end();
  if (code !== 0)
    throw new HarnessError("NOT_BUILT", {
      cause: `The tarballs could not be packed: scripts/build.ts ended with ${code}`,
      hint: "pnpm build",
      details: last.slice(-EVIDENCE_LINES),
    });
}
