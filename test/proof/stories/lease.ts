import type { Stage, Story } from "./story.ts";

/** Of Docker's group, and not root: its watchdog may end its own session and nobody else's. */
const USER = "ops";
/** A lease is half a minute. */
const WITHIN_S = 60;

/** Processes in containers can have the same number for their user. */
const SESSIONS = `pgrep -u ${USER} -f ^sshd`;
const LEASE_GOES_ON = `
  lock=$(ls -v /var/lib/cutover/apps/hello/locks/*.json | tail -1)
  end=$(sed 's/.*"leaseUntil":{[^}]*"uptimeMs":\\([0-9]*\\).*/\\1/' $lock)
  [ "$(awk '{ printf "%.0f", $1 * 1000 }' /proc/uptime)" -le "$end" ]`;

let outlived: string[] = [];

/**
 * The client stands still until its lease has run out on every host. Its sessions there have to end
 * before: what it can do after is for others to do.
 */
async function pastItsLease({ sandbox, mustOn }: Stage) {
  const still = await Promise.all(
    sandbox.vms.map(async (vm) => {
      await mustOn(vm, SESSIONS);
      await mustOn(
        vm,
        `timeout ${WITHIN_S} bash -c '${quoted(`while ${LEASE_GOES_ON}; do sleep 0.05; done`)}'`,
      );
      const { exitCode } = await vm.run(SESSIONS);
      return exitCode === 0 ? [vm.name] : [];
    }),
  );
  outlived = still.flat();
  return undefined;
}

const quoted = (script: string) => script.replaceAll("'", "'\\''");

export const lease: Story[] = [
  {
    name: "client of a user who is not root frozen past its lease as boot begins",
    group: "client frozen",
    given: async ({ must }) => {
      await must(`printf 'ssh:\\n  user: ${USER}\\n' >> config/deploy.yml`);
    },
    moment: { at: "phase.started", phase: "boot" },
    strike: { kind: "fault", make: pastItsLease, heal: "when the command has ended" },
    expected: { exits: [11], serves: "old", lockStays: true },
    also: async () => outlived.map((vm) => `its session on ${vm} outlived its lease`),
  },
];
