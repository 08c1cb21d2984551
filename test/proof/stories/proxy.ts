import {
  ageProxy,
  killProxy,
  loseProxyState,
  removeProxy,
} from "../../../packages/harness/src/faults/proxy.ts";
import { nothing, type Story } from "./story.ts";

const OLDER = "0.0.9";

const killed = (
  [
    ["boot", [0, 60]],
    ["switch", [0, 61]],
    ["retire", [0, 51]],
  ] as const
).map(
  ([phase, exits]): Story => ({
    name: `proxy of a host killed as ${phase} begins`,
    group: "proxy killed",
    ...(phase === "switch" ? { quick: true } : {}),
    moment: { at: "phase.started", phase },
    strike: { kind: "fault", make: ({ vm }) => killProxy(vm(2)), heal: "when the command has ended" },
    expected: { exits, serves: "as told", failuresFrom: "vm2" },
  }),
);

export const proxy: Story[] = [
  ...killed,
  {
    name: "proxy of a host missing",
    group: "proxy not as it was",
    moment: { at: "before" },
    strike: { kind: "fault", make: ({ vm }) => removeProxy(vm(2)), heal: "when the command has ended" },
    expected: { exits: [0], serves: "new", failuresFrom: "vm2" },
  },
  {
    name: "proxy of a host missing, with all that it knew",
    group: "proxy not as it was",
    moment: { at: "before" },
    strike: { kind: "fault", make: ({ vm }) => loseProxyState(vm(2)), heal: "when the command has ended" },
    expected: { exits: [0], serves: "new", failuresFrom: "vm2" },
  },
  ...(
    [
      ["missing", removeProxy],
      ["missing, with all that it knew,", loseProxyState],
    ] as const
  ).map(
    ([how, remove]): Story => ({
      name: `proxy of a host ${how} and brought back by deploy proxy boot`,
      group: "proxy not as it was",
      command: "deploy proxy boot",
      moment: { at: "before" },
      strike: { kind: "fault", make: ({ vm }) => remove(vm(2)), heal: "when the command has ended" },
      expected: { exits: [0], serves: "old", failuresFrom: "vm2" },
    }),
  ),
  {
    name: "proxy of a host older than the client",
    group: "proxy not as it was",
    given: async ({ vm }) => {
      await ageProxy(vm(2), OLDER);
    },
    moment: { at: "before" },
    strike: nothing,
    expected: { exits: [0], says: [/0\.0\.9/], serves: "new" },
    also: async ({ must }) => {
      const told = await must("deploy details --json");
      return told.includes(OLDER) ? ["the older proxy was not replaced"] : [];
    },
    tidy: ({ sandbox }) => sandbox.reset(),
  },
];
