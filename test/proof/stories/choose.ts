import { seededRandom } from "../../../packages/harness/src/traffic/random.ts";
import type { Story } from "./story.ts";

/** Stories whose name or group holds a text, whatever its case; all without one. */
export function matching(stories: readonly Story[], text: string | undefined): Story[] {
  const wanted = text?.toLowerCase() ?? "";
  return stories.filter(({ name, group }) => `${group}: ${name}`.toLowerCase().includes(wanted));
}

/** A few of the quick stories, each of another group; the same seed chooses the same ones. */
export function sampled(stories: readonly Story[], seed: number, count: number): Story[] {
  const random = seededRandom(seed);
  const chosen: Story[] = [];
  let left = stories.filter(({ quick }) => quick);
  while (chosen.length < count && left.length > 0) {
    const next = left[Math.floor(random() * left.length)] as Story;
    chosen.push(next);
    left = left.filter(({ group }) => group !== next.group);
  }
  return chosen;
}
