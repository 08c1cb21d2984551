import { type Expected, type Phase, phases, type Story } from "./story.ts";

/** What serves when the client comes to its end as a phase begins. */
const servesAt: Record<Phase, Expected["serves"]> = {
  connect: "old",
  build: "old",
  prepare: "old",
  boot: "old",
  keep: "old",
  // The moment is the phase's begin, and the command to switch may be on its way by then.
  switch: "old or new",
  retire: "new",
  prune: "new",
};

/** Phases in which the lock is held. */
const locked: readonly Phase[] = ["prepare", "boot", "keep", "switch", "retire", "prune"];

const killed = phases.map(
  (phase): Story => ({
    name: `client killed as ${phase} begins`,
    group: "client killed",
    ...(phase === "boot" || phase === "retire" ? { quick: true } : {}),
    moment: { at: "phase.started", phase },
    strike: { kind: "signal", signal: "SIGKILL" },
    expected: {
      exits: [137],
      serves: servesAt[phase],
      ...(locked.includes(phase) ? { lockStays: true } : {}),
    },
  }),
);

const killedAtTheEnd: Story = {
  name: "client killed as the last phase ends",
  group: "client killed",
  moment: { at: "phase.ended", phase: "prune" },
  strike: { kind: "signal", signal: "SIGKILL" },
  expected: { exits: [137, 0], serves: "new", lockStays: true },
};

/** Told to end, it finishes or takes back what it is at, and frees the lock. */
const interrupted = phases.map(
  (phase): Story => ({
    name: `Ctrl-C as ${phase} begins`,
    group: "client interrupted",
    ...(phase === "boot" || phase === "switch" ? { quick: true } : {}),
    moment: { at: "phase.started", phase },
    strike: { kind: "signal", signal: "SIGINT" },
    // What comes after the switch may be done before the signal is heard.
    expected: { exits: phase === "prune" ? [130, 0] : [130], serves: "as told" },
  }),
);

const terminated: Story = {
  name: "SIGTERM as boot begins",
  group: "client interrupted",
  moment: { at: "phase.started", phase: "boot" },
  strike: { kind: "signal", signal: "SIGTERM" },
  expected: { exits: [143], serves: "old" },
};

export const clientEnded: Story[] = [...killed, killedAtTheEnd, ...interrupted, terminated];
