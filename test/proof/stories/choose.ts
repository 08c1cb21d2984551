import { seededRandom } from "../../../packages/harness/src/traffic/random.ts";
import type { Story } from "./story.ts";

/** Stories whose group and name hold one of some texts, divided by `|`, whatever their case; all without one. */
export function matching(stories: readonly Story[], texts: string | undefined): Story[] {
  const wanted = (texts ?? "").toLowerCase().split("|");
  return stories.filter(({ name, group }) => {
    const title = `${group}: ${name}`.toLowerCase();
    return wanted.some((text) => title.includes(text.trim()));
  });
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
