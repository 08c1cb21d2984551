import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";
import { median } from "../lib/median.ts";
import type { Plain } from "../lib/row.ts";

const RUNS = 5;

/**
 * On a VM: starts a container of the app's image as a deploy does, through Docker's socket, waits for its
 * first answer, stops it, and prints how long that took in nanoseconds. Its argument is the image.
 */
const START_ANSWER_STOP = `
set -e
ask() { curl -sS -o /dev/null --unix-socket /var/run/docker.sock -X POST "http://docker/containers/floor/$1"; }
docker create --name floor "$1" >/dev/null
began=$(date +%s%N)
ask start
address=$(curl -sS --unix-socket /var/run/docker.sock http://docker/containers/floor/json | sed -n 's/.*"IPAddress":"\\([0-9.]\\{7,\\}\\)".*/\\1/p')
until curl -sf -o /dev/null "http://$address:3000/up"; do :; done
ask 'stop?t=10'
ended=$(date +%s%N)
docker rm floor >/dev/null
echo $((ended - began))
`;

/**
 * What no deploy of the app can be quicker than on these machines: Docker's start of a container, the
 * app's own boot, and Docker's stop, on every VM at once.
 *
 * @param image of the app, which the VMs have
 */
export async function floorOf(sandbox: Sandbox, image: string): Promise<Plain> {
  const samples: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const each = await Promise.all(
      sandbox.vms.map(async (vm) => {
        const { stdout, exitCode, output } = await vm.run(`sh -c '${quoted(START_ANSWER_STOP)}' sh ${image}`);
        if (exitCode !== 0) throw new Error(`starting the app by hand failed: ${output}`);
        return Number(stdout.trim()) / 1e9;
      }),
    );
    samples.push(Math.max(...each));
  }
  return { name: "start, answer, stop by hand", value: median(samples) };
}

const quoted = (script: string) => script.replaceAll("'", `'\\''`);
