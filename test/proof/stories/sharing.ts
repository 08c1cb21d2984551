import type { Ran } from "../../../packages/harness/src/sandbox/machine.ts";
import { nothing, type Stage, type Story } from "./story.ts";

const OTHER = "/apps/other";
const OTHER_HOST = "other.test";
const USER = "anna";
const OLDER = "/opt/older";

let failing: Promise<Ran> | null = null;

/** A second app behind the same proxies, once well and never again. */
async function anotherApp({ must }: Stage): Promise<void> {
  await must(`rm -rf ${OTHER} && cp --archive /apps/hello ${OTHER}`);
  const there = `cd ${OTHER}`;
  await must(
    `${there} && sed -i 's/hello/other/; s/^proxy:/proxy:\\n  host: ${OTHER_HOST}/' config/deploy.yml`,
  );
  await must(`${there} && git commit --quiet --all --message 'Another app' && deploy`);
  await must(
    `${there} && sed -i 's/"health": "ok"/"health": "broken"/' settings.json && git commit --quiet --all --message Broken`,
  );
}

/** Its container on one host is dead, and its deploy fails while ours goes on. */
async function failAllTheTime({ sandbox, vm, mustOn }: Stage) {
  await mustOn(vm(2), "docker stop $(docker ps --quiet --filter label=cutover.app=other)");
  failing = sandbox.deployer.run("deploy", { cwd: OTHER });
  return undefined;
}

/** Somebody else logs in, who is not root and may use Docker. */
async function anotherUser({ sandbox, mustOn, must }: Stage): Promise<void> {
  for (const vm of sandbox.vms)
    await mustOn(
      vm,
      `id ${USER} 2>/dev/null || useradd --create-home --shell /bin/bash --groups docker ${USER};
       install -d -m 700 -o ${USER} -g ${USER} /home/${USER}/.ssh;
       install -m 600 -o ${USER} -g ${USER} /root/.ssh/authorized_keys /home/${USER}/.ssh/`,
    );
  await must(`printf 'ssh:\\n  user: ${USER}\\n' >> config/deploy.yml`);
}

/** What is installed, under an older version's name: it brings no proxy of its own and finds a newer one. */
async function olderClient({ must }: Stage): Promise<void> {
  await must(
    `rm -rf ${OLDER} && cp --archive --dereference /var/lib/npm/lib/node_modules/cutover ${OLDER} &&
     version=$(node -p 'require("${OLDER}/package.json").version') &&
     grep -rlF "\\"$version\\"" ${OLDER} --include='*.js' --include=package.json --exclude-dir=node_modules |
       xargs sed -i "s/\\"$version\\"/\\"0.0.9\\"/g"`,
  );
}

export const sharing: Story[] = [
  {
    name: "another app on the same proxies fails all the time",
    group: "two apps on one proxy",
    given: anotherApp,
    moment: { at: "before" },
    strike: { kind: "fault", make: failAllTheTime, heal: "when the command has ended" },
    expected: { exits: [0], serves: "new" },
    also: async () => {
      const ran = await failing;
      return ran?.exitCode === 60 ? [] : [`the other app's deploy ended with ${ran?.exitCode}`];
    },
    tidy: ({ sandbox }) => sandbox.reset(),
  },
  {
    name: "another user of the hosts, who is not root",
    group: "two SSH users",
    given: anotherUser,
    moment: { at: "before" },
    strike: {
      kind: "fault",
      make: async ({ must }) => ({
        heal: async () => {
          await must("sed -i '/^ssh:/,$d' config/deploy.yml");
        },
      }),
      heal: "when the command has ended",
    },
    expected: { exits: [0], serves: "new" },
  },
  {
    name: "an older client on a newer proxy, then the newer client",
    group: "two versions of the client",
    given: olderClient,
    command: `node ${OLDER}/bin/deploy.js`,
    moment: { at: "before" },
    strike: nothing,
    expected: { exits: [0], says: [/0\.0\.9/], serves: "new" },
    also: async ({ vm, mustOn }) => {
      const image = await mustOn(vm(1), "docker inspect --format '{{.Config.Image}}' cutover-proxy");
      return image.includes("0.0.9") ? ["the older client brought the proxy down to its own version"] : [];
    },
  },
];
