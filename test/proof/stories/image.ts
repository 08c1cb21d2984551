import { useImageStore } from "../../../packages/harness/src/faults/engine.ts";
import { nothing, type Stage, type Story } from "./story.ts";

/** An image for another processor; nothing has to be run to build it, so it builds on any. */
async function forAnotherProcessor({ must }: Stage) {
  await must("cp Dockerfile config/deploy.yml /tmp/");
  await must("printf 'FROM scratch\\nCOPY server.mjs /\\nCMD [\"/server.mjs\"]\\n' > Dockerfile");
  await must("sed -i 's/^  driver: docker/  driver: docker\\n  arch: arm64/' config/deploy.yml");
}

export const image: Story[] = [
  {
    name: "image for another processor than the hosts have",
    group: "image without the platform",
    given: forAnotherProcessor,
    moment: { at: "before" },
    strike: {
      kind: "fault",
      make: async ({ must }) => ({
        heal: async () => {
          await must("cp /tmp/Dockerfile . && cp /tmp/deploy.yml config/");
        },
      }),
      heal: "when the command has ended",
    },
    expected: { exits: [30, 31, 32, 60], says: [/arm64|amd64|platform|processor/], serves: "old" },
  },
  {
    name: "one host keeps its images in containerd, the other in overlay2",
    group: "image store",
    given: async (stage) => {
      await useImageStore(stage.vm(2), "containerd");
      // Nothing is on that host now, as on a new one.
      await stage.must("git stash --quiet && deploy setup && git stash pop --quiet");
      stage.old = "1";
    },
    moment: { at: "before" },
    strike: nothing,
    expected: { exits: [0], serves: "new" },
    tidy: ({ sandbox }) => sandbox.reset(),
  },
  {
    name: "image brought without a registry to a host that keeps its images in containerd",
    group: "image store",
    given: async (stage) => {
      await useImageStore(stage.vm(2), "containerd");
      await stage.must(
        "sed -i '/^registry:/,/^$/d' config/deploy.yml && echo 'registry: none' >> config/deploy.yml",
      );
      // Nothing is on that host now, as on a new one.
      await stage.must("deploy setup");
      stage.old = "1";
    },
    moment: { at: "before" },
    strike: nothing,
    expected: { exits: [0], says: [/MB sent/], serves: "new" },
    tidy: ({ sandbox }) => sandbox.reset(),
  },
];
