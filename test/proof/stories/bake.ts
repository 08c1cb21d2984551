import type { Stage, Story } from "./story.ts";

/** So many more milliseconds for every answer: far more than what counts as slower. */
const SLOWER_MS = 200;

/** The new version is well and slow; what it is watched for is long enough for a percentile. */
async function slowVersion({ must }: Stage): Promise<void> {
  await must(
    `sed -i 's|^  const url = .*|  if (request.url !== "/up") await wait(${SLOWER_MS});\\n&|' server.mjs`,
  );
  await must(`grep --quiet 'await wait(${SLOWER_MS})' server.mjs && echo 'bake: 15s' >> config/deploy.yml`);
}

export const bake: Story[] = [
  {
    name: "a new version that is slower than the one before",
    group: "a release that bakes",
    given: slowVersion,
    moment: { at: "before" },
    strike: {
      kind: "fault",
      make: async ({ must }) => ({
        heal: async () => {
          await must("git checkout --quiet HEAD~1 -- server.mjs && sed -i '/^bake:/d' config/deploy.yml");
        },
      }),
      heal: "when the command has ended",
    },
    expected: { exits: [70], says: [/nine of ten requests took/, /reverted|put back/], serves: "old" },
  },
];
