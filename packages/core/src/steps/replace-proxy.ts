import { installCommand, proxyContainer } from "@cutover/proxy/protocol";
import { DeployError } from "../errors/index.ts";
import { PROXY_CONTAINER, PROXY_PROGRAMS } from "../hosts/proxy-container.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";
import { versionIn } from "../plan/proxy-age.ts";
import type { ReplaceProxy } from "../plan/step.ts";
import { KIND_LABEL } from "../release/labels.ts";
import type { Act } from "./act.ts";
import { lastLogLines } from "./container-log.ts";
import { proxyAnswers } from "./proxy-answers.ts";
import type { StepHandler } from "./step-handler.ts";

/** What it is called when it is not the proxy itself, so that nobody takes it for one. */
const INSTALLER_KIND = "proxy-installer";

export const replaceProxy: StepHandler<ReplaceProxy> = {
  describe: ({ image, from }) =>
    `replace the running proxy${from === null ? "" : ` (${from})`} by ${image}, without a gap`,
  async run({ image }, act) {
    const folder = await installedFolder(image, act);
    act.signal.throwIfAborted();
    await replacedBy(folder, act);
    await proxyAnswers(act);
    const { release } = await act.host.proxy();
    if (release !== versionIn(image))
      throw notReplaced(act, `the proxy that answers is ${release}`, await proxyLog(act));
    return undefined;
  },
};

/**
 * Has a container of the image put its program into the volume, where the proxy sees it and cannot
 * write: it is the image's program that writes, as root, with nothing else within reach.
 */
async function installedFolder(image: string, act: Act): Promise<string> {
  await removeLeftInstallers(act);
  const container = await act.docker.createContainer({
    Image: image,
    Cmd: [...installCommand],
    User: "0:0",
    Labels: { [KIND_LABEL]: INSTALLER_KIND },
    HostConfig: {
      LogConfig: { Type: "json-file", Config: {} },
      NetworkMode: "none",
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Binds: [`${PROXY_PROGRAMS}:${proxyContainer.programDirectory}`],
    },
  });
  try {
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const lines = await lastLogLines(container);
    if (StatusCode !== 0) throw notReplaced(act, `its program could not be installed from ${image}`, lines);
    const { folder } = JSON.parse(lines.at(-1) ?? "") as { folder: string };
    return folder;
  } finally {
    await container.remove({ force: true });
  }
}

/** Those of a client that was killed in the middle. */
async function removeLeftInstallers({ docker }: Act): Promise<void> {
  const filters = { label: [`${KIND_LABEL}=${INSTALLER_KIND}`], status: ["exited", "created"] };
  const left = await docker.listContainers({ all: true, filters });
  await Promise.all(left.map(({ Id }) => docker.getContainer(Id).remove({ force: true })));
}

async function replacedBy(program: string, act: Act): Promise<void> {
  const control = await act.host.proxy();
  try {
    await control.ask(act.around.random.hex(8), "replace", { program });
  } catch (error) {
    if (!(error instanceof ProxyRefusal)) throw error;
    throw notReplaced(act, error.message, await proxyLog(act));
  }
}

function proxyLog({ docker }: Act): Promise<string[]> {
  return lastLogLines(docker.getContainer(PROXY_CONTAINER));
}

function notReplaced({ host }: Act, why: string, details: string[]): DeployError {
  return new DeployError("PROXY_NOT_REPLACED", {
    cause: `the proxy on ${host.name} was not replaced and serves on as it is: ${why}`,
    hint: "deploy proxy reboot --recreate makes its container anew; what it serves is not answered for some seconds",
    details,
  });
}
