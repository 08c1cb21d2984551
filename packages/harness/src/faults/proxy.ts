import type { Vm } from "../sandbox/sandbox.ts";
import { doTo, type Fault } from "./fault.ts";

const NAME = "cutover-proxy";

/** Nothing is left to put right: the engine or the next deploy does it. */
const healsItself: Fault = { heal: async () => {} };

/**
 * Kills the whole proxy of a VM with SIGKILL, as when the machine runs out of memory. Its engine
 * starts it again at once, since nobody asked for it to stop.
 */
export async function killProxy(vm: Vm): Promise<Fault> {
  await doTo(vm, `kill -KILL "$(docker inspect --format '{{.State.Pid}}' ${NAME})"`);
  return healsItself;
}

/** Removes the proxy's container, and leaves its state: what a person does who tidies up too much. */
export async function removeProxy(vm: Vm): Promise<Fault> {
  await doTo(vm, `docker rm --force ${NAME}`);
  return healsItself;
}

/** Removes the proxy's container and all that it knew. */
export async function loseProxyState(vm: Vm): Promise<Fault> {
  await doTo(vm, `docker rm --force ${NAME} && docker volume rm --force ${NAME}`);
  return healsItself;
}

/**
 * Makes the proxy's container anew from an image of an older version, as an older client left it. It
 * keeps its state. The program is ours in all but the version that it says of itself.
 *
 * @param version such as `0.0.9`
 */
export async function ageProxy(vm: Vm, version: string): Promise<Fault> {
  const container = vm.docker.getContainer(NAME);
  const { Config, HostConfig, NetworkSettings } = await container.inspect();
  await doTo(vm, imageOf(version, Config.Image));
  await container.remove({ force: true });
  const networks = Object.keys(NetworkSettings.Networks).map((network) => [network, {}] as const);
  const aged = await vm.docker.createContainer({
    ...Config,
    Hostname: "",
    Image: `${NAME}:${version}`,
    name: NAME,
    HostConfig,
    NetworkingConfig: { EndpointsConfig: Object.fromEntries(networks) },
  });
  await aged.start();
  return healsItself;
}

const imageOf = (version: string, like: string) => `set -e
made=$(docker create ${like})
docker cp --quiet $made:/app/proxy.js /tmp/proxy.js
sed -i 's/proxyVersion = "[^"]*"/proxyVersion = "${version}"/' /tmp/proxy.js
grep --quiet '"${version}"' /tmp/proxy.js
docker cp --quiet /tmp/proxy.js $made:/app/proxy.js
docker commit $made ${NAME}:${version}
docker rm $made`;
