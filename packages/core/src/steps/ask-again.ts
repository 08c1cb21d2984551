import { setTimeout as pause } from "node:timers/promises";
import type { Host } from "../hosts/host.ts";
import type { ProxyControl } from "../hosts/proxy-control.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";

/** A proxy that was killed is back within a second where its container restarts. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 100;

/**
 * Asks a proxy anew whose conversation broke off, over a fresh one. The question must carry the id
 * that it had: the proxy then carries nothing out twice, and remembers its answer through a crash.
 *
 * @throws ProxyRefusal, or what stood in the way last
 */
export async function askAgain<R>(
  host: Pick<Host, "proxy" | "lost">,
  question: (control: ProxyControl) => Promise<R>,
): Promise<R> {
  const giveUp = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await question(await host.proxy());
    } catch (error) {
      if (error instanceof ProxyRefusal || host.lost.aborted || performance.now() > giveUp) throw error;
      await pause(PAUSE_MS);
    }
  }
}
