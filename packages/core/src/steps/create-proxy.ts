import { proxyContainer } from "@cutover/proxy/protocol";
import type Dockerode from "dockerode";
import type { ContainerCreateOptions } from "dockerode";
import type { ProxyRun } from "../config/proxy.ts";
import { DeployError } from "../errors/index.ts";
import { dockerSentence, dockerStatus } from "../hosts/docker/docker-status.ts";
import { PROXY_CONTAINER, PROXY_PROGRAMS } from "../hosts/proxy-container.ts";
import type { CreateProxy } from "../plan/step.ts";
import { NETWORK } from "../release/container-settings.ts";
import { KIND_LABEL, PROXY_OPTIONS_LABEL } from "../release/labels.ts";
import { proxyOptionsChecksum } from "../release/proxy-options.ts";
import type { Act } from "./act.ts";
import { whoHoldsPort } from "./port-holder.ts";
import { proxyAnswers } from "./proxy-answers.ts";
import { proxyWords } from "./proxy-words.ts";
import type { StepHandler } from "./step-handler.ts";

export const createProxy: StepHandler<CreateProxy> = {
  describe: ({ image, run }) =>
    run.publish
      ? `start the proxy ${image} on ports ${run.httpPort} and ${run.httpsPort}`
      : `start the proxy ${image}`,
  async run({ image, run }, act) {
    const container = await created(act, proxyBody(image, run));
    act.memory.madeContainer(act.host.name, PROXY_CONTAINER, container.id);
    try {
      await container.start();
    } catch (error) {
      // 304: it was started before the connection dropped.
      if (dockerStatus(error) === 304) return await answered(act);
      await container.remove({ force: true });
      throw await startFailure(error, run, act);
    }
    return await answered(act);
  },
  async undo(_step, act) {
    const id = act.memory.container(act.host.name, PROXY_CONTAINER);
    if (id === null || (await servesOthers(act))) return;
    try {
      await act.docker.getContainer(id).remove({ force: true });
    } catch (error) {
      // It could not even be started, and was removed then.
      if (dockerStatus(error) !== 404) throw error;
    }
  },
};

async function answered(act: Act): Promise<undefined> {
  await proxyAnswers(act);
}

/** Another app's deploy may have made it since we looked, or we did before our connection dropped. */
async function created({ docker }: Act, body: ContainerCreateOptions): Promise<Dockerode.Container> {
  try {
    return await docker.createContainer(body);
  } catch (error) {
    if (dockerStatus(error) !== 409) throw error;
    return docker.getContainer((await docker.getContainer(PROXY_CONTAINER).inspect()).Id);
  }
}

/** Whether another app has come to rely on the proxy since it was made. */
async function servesOthers(act: Act): Promise<boolean> {
  try {
    const control = await act.host.proxy();
    const { services } = await control.ask(act.around.random.hex(8), "list", {});
    return services.some(({ active }) => active !== null);
  } catch {
    // A proxy that does not answer serves nobody.
    return false;
  }
}

/** The Engine API's body for the proxy's container: the least power it can work with. */
function proxyBody(image: string, run: ProxyRun): ContainerCreateOptions {
  const ports: [inside: number, outside: number][] = [
    [proxyContainer.httpPort, run.httpPort],
    [proxyContainer.httpsPort, run.httpsPort],
  ];
  const addresses = run.bindIps.length === 0 ? [""] : run.bindIps;
  const bindings = ports.map(([inside, outside]) => [
    `${inside}/tcp`,
    addresses.map((HostIp) => ({ HostIp, HostPort: String(outside) })),
  ]);
  return {
    ...run.container,
    name: PROXY_CONTAINER,
    Image: image,
    Cmd: proxyWords(run),
    User: proxyContainer.user,
    ExposedPorts: Object.fromEntries(ports.map(([inside]) => [`${inside}/tcp`, {}])),
    Labels: {
      ...run.container.Labels,
      [KIND_LABEL]: "proxy",
      [PROXY_OPTIONS_LABEL]: proxyOptionsChecksum(run),
    },
    HostConfig: {
      LogConfig: { Type: "json-file", Config: { "max-size": run.logMaxSize } },
      ...run.container.HostConfig,
      NetworkMode: NETWORK,
      // Not `unless-stopped`: an engine that crashed stops what it finds running, and takes that for a person's wish.
      RestartPolicy: { Name: "always" },
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Tmpfs: { [proxyContainer.runDirectory]: proxyContainer.runDirectoryOptions },
      Binds: [
        `${PROXY_CONTAINER}:${proxyContainer.stateDirectory}`,
        `${PROXY_PROGRAMS}:${proxyContainer.programDirectory}:ro`,
      ],
      PortBindings: run.publish ? Object.fromEntries(bindings) : {},
    },
  };
}

const PORT_TAKEN = /(?:port is already allocated|address already in use)/i;

async function startFailure(error: unknown, run: ProxyRun, act: Act): Promise<unknown> {
  const said = dockerSentence(error);
  if (!PORT_TAKEN.test(said)) return error;
  const port =
    said.includes(`:${run.httpsPort} `) || said.includes(`:${run.httpsPort}:`) ? run.httpsPort : run.httpPort;
  const holder = await whoHoldsPort(port, act);
  return new DeployError(
    "PORT_TAKEN",
    {
      cause: `port ${port} on ${act.host.name} is taken by ${holder.name}`,
      hint: holder.hint,
      details: [said],
    },
    { cause: error },
  );
}
