import { refusePort } from "../../../packages/harness/src/faults/network.ts";
import type { Stage, Story } from "./story.ts";

/** The second host reaches everything but the registry. */
async function registryOutOfReach({ vm, mustOn }: Stage) {
  const rule = "OUTPUT -p tcp --dport 4443 -j REJECT --reject-with tcp-reset";
  await mustOn(vm(2), `iptables -I ${rule}`);
  return {
    heal: async () => {
      await mustOn(vm(2), `iptables -D ${rule}`);
    },
  };
}

const STATE = "/var/lib/cutover/apps/hello";

/** Nothing can be written down on the second host any more, as when its disk has errors. */
async function stateReadOnly({ vm, mustOn }: Stage) {
  await mustOn(vm(2), `mount --bind ${STATE} ${STATE} && mount -o remount,ro,bind ${STATE}`);
  return {
    heal: async () => {
      await mustOn(vm(2), `umount ${STATE}`);
    },
  };
}

/** Somebody stopped it, so Docker does not start it again. */
async function proxyStopped({ vm, mustOn }: Stage) {
  await mustOn(vm(2), "docker stop --time 1 cutover-proxy");
  return {
    heal: async () => {
      await mustOn(vm(2), "docker start cutover-proxy");
    },
  };
}

export const oneHost: Story[] = [
  {
    name: "one of two hosts refuses SSH",
    group: "one of two hosts fails",
    quick: true,
    moment: { at: "before" },
    strike: { kind: "fault", make: ({ vm }) => refusePort(vm(2), 22), heal: "when the command has ended" },
    expected: { exits: [20], says: [/vm2/], serves: "old" },
  },
  {
    name: "one of two hosts does not reach the registry",
    group: "one of two hosts fails",
    moment: { at: "phase.started", phase: "prepare" },
    strike: { kind: "fault", make: registryOutOfReach, heal: "when the command has ended" },
    expected: { exits: [31], says: [/vm2/], serves: "old" },
  },
  {
    name: "proxy of one of two hosts stopped as switch begins",
    group: "one of two hosts fails",
    moment: { at: "phase.started", phase: "switch" },
    strike: { kind: "fault", make: proxyStopped, heal: "when the command has ended" },
    // Where the look before the switch finds it, the host's trouble has a code of its own.
    expected: { exits: [32, 61], says: [/vm2/], serves: "old", failuresFrom: "vm2" },
  },
  ...(["prepare", "retire", "prune"] as const).map(
    (phase): Story => ({
      name: `one of two hosts can write nothing down as ${phase} begins`,
      group: "one of two hosts fails",
      moment: { at: "phase.started", phase },
      strike: { kind: "fault", make: stateReadOnly, heal: "when the command has ended" },
      expected: {
        exits: phase === "prepare" ? [32] : [51],
        says: [/vm2/],
        serves: phase === "prepare" ? "old" : "new",
        lockStays: true,
      },
    }),
  ),
];
