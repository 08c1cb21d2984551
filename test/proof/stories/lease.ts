import type { Stage, Story } from "./story.ts";

/** Of Docker's group, and not root: its watchdog may end its own session and nobody else's. */
const USER = "ops";
/** Processes in containers can have the same number for their user. */
const SESSIONS = `pgrep -u ${USER} -f ^sshd`;
/** A lease is half a minute, and ends a moment early. */
const WITHIN_S = 60;

let sessionsEnded: boolean[] = [];

/** The client stands still until its lease has run out on every host, and its sessions with it. */
async function untilSessionsEnd({ sandbox, mustOn }: Stage) {
  sessionsEnded = await Promise.all(
    sandbox.vms.map(async (vm) => {
      await mustOn(vm, SESSIONS);
      const { exitCode } = await vm.run(
        `timeout ${WITHIN_S} sh -c 'while ${SESSIONS} > /dev/null; do sleep 0.1; done'`,
      );
      return exitCode === 0;
    }),
  );
  return undefined;
}

export const lease: Story[] = [
  {
    name: "client of a user who is not root frozen past its lease as boot begins",
    group: "client frozen",
    given: async ({ must }) => {
      await must(`printf 'ssh:\\n  user: ${USER}\\n' >> config/deploy.yml`);
    },
    moment: { at: "phase.started", phase: "boot" },
    strike: { kind: "fault", make: untilSessionsEnd, heal: "when the command has ended" },
    expected: { exits: [11], serves: "old", lockStays: true },
    also: async () =>
      sessionsEnded.length === 2 && sessionsEnded.every((ended) => ended)
        ? []
        : ["its sessions on the hosts outlived its lease"],
  },
];
