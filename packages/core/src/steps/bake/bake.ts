import { setTimeout as pause } from "node:timers/promises";
import type { Receipt } from "@cutover/proxy/protocol";
import { DeployError } from "../../errors/index.ts";
import type { Bake } from "../../plan/step.ts";
import type { Act } from "../act.ts";
import { whenExited } from "../exit-watch.ts";
import { exitFailure } from "../gate/gate-failure.ts";
import type { StepHandler } from "../step-handler.ts";
import { inWords, moreErrors, type Sample, slower } from "./judge.ts";

/** How often the proxy is asked what it has counted. */
const LOOK_EVERY_MS = 1_000;
/** Of the time it bakes, the part in which a release may still be slow: its caches are cold. */
const COLD_SHARE = 0.2;

export const bake: StepHandler<Bake> = {
  describe: ({ service, bakeMs }) => `watch ${service} for ${bakeMs / 1000} s`,
  async run(step, act) {
    const made = act.memory.switchOf(act.host.name, step.service);
    if (made === null) return undefined;
    const watch = new AbortController();
    const signal = AbortSignal.any([watch.signal, act.signal]);
    let died = false;
    const exit = whenExited(act.docker.getContainer(step.container), signal, async () => {
      died = true;
      watch.abort();
    });
    try {
      return await watched(step, made.switch, signal, act);
    } catch (error) {
      if (!died) throw error;
      throw regressed(step, act, (await exitFailure(step.container, act))?.facts.cause ?? "it ended");
    } finally {
      watch.abort();
      await exit;
    }
  },
};

async function watched(step: Bake, made: string, signal: AbortSignal, act: Act): Promise<string> {
  const until = performance.now() + step.bakeMs;
  let cold: Sample | null = null;
  for (;;) {
    const left = until - performance.now();
    if (left > 0) await pause(Math.min(LOOK_EVERY_MS, left), undefined, { signal });
    const receipt = await counted(step, made, act);
    const [before, after] = [sampleOf(receipt, "before"), sampleOf(receipt, "after")];
    const failing = moreErrors(before, after);
    if (failing !== null) throw regressed(step, act, failing);
    if (cold === null && left < step.bakeMs * (1 - COLD_SHARE)) cold = after;
    act.progress(inWords(after));
    if (left > 0) continue;
    const late = slower(before, since(cold, after));
    if (late !== null) throw regressed(step, act, late);
    act.memory.gotReceipt(act.host.name, receipt);
    return inWords(after);
  }
}

async function counted({ service }: Bake, made: string, { host, around }: Act): Promise<Receipt> {
  const control = await host.proxy();
  return control.ask(around.random.hex(8), "receipt", { service, switch: made, wait: "now" });
}

function sampleOf(receipt: Receipt, side: "before" | "after"): Sample {
  const { requests, targetErrors, targetFailures } = receipt[side];
  const durations = receipt.durations?.[side] ?? null;
  return { requests, errors: targetErrors + targetFailures, durations };
}

/** What was counted after a sample. */
function since(earlier: Sample | null, now: Sample): Sample {
  if (earlier?.durations === undefined || earlier.durations === null) return now;
  const { durations } = earlier;
  const later = now.durations?.map((count, index) => count - (durations[index] ?? 0)) ?? null;
  return { requests: now.requests - earlier.requests, errors: now.errors - earlier.errors, durations: later };
}

function regressed({ service }: Bake, { host }: Act, how: string): DeployError {
  return new DeployError("REGRESSED", {
    cause: `${service} on ${host.name} is worse than the release before: ${how}`,
    hint: "look at its log: deploy app logs; repair it and deploy again",
  });
}
