import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "../../../packages/harness/src/faults/fault.ts";
import type { Ended, Told } from "../judge/told.ts";
import type { Healing, Stage, Story } from "../stories/story.ts";
import { startClient } from "./client.ts";

/** Types the story's command, and breaks what it breaks at its moment. @returns once all is healed */
export async function strike(story: Story, stage: Stage): Promise<Pick<Told, "struck" | "ended">> {
  const { moment, strike: how } = story;
  const make = async (now: boolean) => (now && how.kind === "fault" ? how.make(stage) : undefined);
  const env = (await story.env?.(stage)) ?? {};
  const early = await make(moment.at === "before");
  const signal = how.kind === "fault" ? "SIGSTOP" : how.signal;
  const client = await startClient(stage.sandbox.deployer, story.command ?? "deploy", moment, signal, env);
  try {
    const struck = moment.at === "before" || (await client.struck);
    const late = await make(moment.at !== "before" && struck);
    await client.goOn();
    const ended = await untilHealed(early ?? late, how.kind === "fault" ? how.heal : null, client.ended);
    return { struck, ended };
  } catch (error) {
    await Promise.allSettled([client.end(), early?.heal()]);
    throw error;
  }
}

async function untilHealed(
  fault: Fault | undefined,
  healing: Healing | null,
  ended: Promise<Ended>,
): Promise<Ended> {
  if (fault === undefined || healing === null) return ended;
  if (healing === "when the command has ended") {
    const how = await ended;
    await fault.heal();
    return how;
  }
  // The length of the fault is the story's, and nothing that could be waited for.
  const [how] = await Promise.all([ended, wait(healing.afterMs).then(() => fault.heal())]);
  return how;
}
