import { ensureEngine } from "../../engine/ensure-engine.ts";
import { startSandbox } from "../../sandbox/start.ts";
import { packTarballs } from "../pack.ts";
import { type SandboxCommand, say } from "./context.ts";

/** Starts the sandbox, or brings it up to date, and says how to go on. */
export async function up({ signal }: SandboxCommand, { port }: { port?: number }): Promise<number> {
  const engine = await ensureEngine({ env: process.env, say, signal });
  try {
    await packTarballs(say, signal);
    const sandbox = await startSandbox({
      engine,
      purpose: "hand",
      lifetime: "kept",
      ...(port !== undefined && { port }),
      onProgress: (progress) => {
        if (progress.type === "note") say(progress.text);
        else if (progress.state === "healthy") {
          say(`  ${progress.part.padEnd(14)} ready after ${(progress.ms / 1000).toFixed(1)} s`);
        }
      },
      signal,
    });
    await sandbox.deployer.refresh();
    console.log(`The sandbox ${sandbox.project} is up. The load balancer: ${sandbox.loadBalancer.url}/`);
    console.log("  pnpm sandbox run deploy setup     deploy the app in /apps/hello to both VMs");
    console.log("  pnpm sandbox ssh vm1              a shell on a VM");
    console.log("  pnpm sandbox down                 take it down");
    return 0;
  } finally {
    await engine.release();
  }
}
