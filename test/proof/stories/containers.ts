import type { HostName, Stage, Story } from "./story.ts";

const STRANGER = "stranger-of-the-proof";

/** An image of `sleep` and what it needs, from the VM's own files: there is nothing to pull. */
const makeIdleImage =
  'tar -ch -C / usr/bin/sleep $(ldd /usr/bin/sleep | grep -o "/[^ ]*" | cut -c2-) | docker import - idle';

async function strangerWithOurName({ vm, mustOn, commit }: Stage) {
  await mustOn(
    vm(2),
    `${makeIdleImage} && docker run --detach --label ${STRANGER}=1 --name hello-web-${commit} idle sleep 600`,
  );
  return undefined;
}

const containerOf = (version: "old" | "new", host: HostName, told: Stage): Promise<string> => {
  const label = "label=cutover.app=hello";
  const state = version === "old" ? "--filter status=running --latest" : "--latest";
  return told.mustOn(told.vm(host === "vm1" ? 1 : 2), `docker ps --all --quiet ${state} --filter ${label}`);
};

/** The container that a host serves from, removed by a person who should not have. */
async function removeOld(stage: Stage) {
  const id = await stage.mustOn(
    stage.vm(2),
    `docker ps --quiet --no-trunc --filter label=cutover.app=hello | while read id; do
       docker inspect --format '{{index .Config.Labels "cutover.version"}} {{.Id}}' $id; done |
       grep -v '^${stage.commit} ' | cut -d' ' -f2`,
  );
  await stage.mustOn(stage.vm(2), `docker rm --force ${id}`);
  return undefined;
}

const killNew = (host: HostName) => async (stage: Stage) => {
  const id = await containerOf("new", host, stage);
  await stage.mustOn(stage.vm(host === "vm1" ? 1 : 2), `docker kill ${id}`);
  return undefined;
};

const oldGone = (
  [
    ["before the deploy", { at: "before" }, [0]],
    ["as boot begins", { at: "phase.started", phase: "boot" }, [0]],
    ["as retire begins", { at: "phase.started", phase: "retire" }, [0, 51]],
  ] as const
).map(
  ([when, moment, exits]): Story => ({
    name: `old container of a host removed by hand ${when}`,
    group: "old container gone",
    moment,
    strike: { kind: "fault", make: removeOld, heal: "when the command has ended" },
    expected: { exits, serves: "new", failuresFrom: "vm2" },
  }),
);

export const containers: Story[] = [
  {
    name: "a stranger's container has the new one's name",
    group: "stray container",
    quick: true,
    moment: { at: "before" },
    strike: { kind: "fault", make: strangerWithOurName, heal: "when the command has ended" },
    expected: { exits: [0], serves: "new" },
    also: async ({ vm, mustOn }) => {
      const left = await mustOn(vm(2), `docker ps --quiet --filter label=${STRANGER}`);
      return left === "" ? ["the stranger's container was stopped or removed"] : [];
    },
    tidy: async ({ vm, mustOn }) => {
      await mustOn(vm(2), `docker rm --force $(docker ps --all --quiet --filter label=${STRANGER})`);
    },
  },
  {
    name: "candidate of the first host healthy, then dead before the switch",
    group: "candidate dies",
    moment: { at: "step.ended", step: "pass-gate", host: "vm1" },
    strike: { kind: "fault", make: killNew("vm1"), heal: "when the command has ended" },
    expected: { exits: [60, 61], says: [/vm1/], serves: "old" },
  },
  {
    name: "candidate of the second host dies as its gate begins",
    group: "one of two hosts fails",
    quick: true,
    moment: { at: "step.started", step: "pass-gate", host: "vm2" },
    strike: { kind: "fault", make: killNew("vm2"), heal: "when the command has ended" },
    expected: { exits: [60], says: [/vm2/, /137|SIGKILL|kill/i], serves: "old" },
  },
  ...oldGone,
];
