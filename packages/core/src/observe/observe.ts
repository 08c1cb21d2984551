import type { ContainerInfo, ImageInfo } from "dockerode";
import type { Clock } from "../commands/context.ts";
import { settleBounded } from "../hosts/bounded.ts";
import { hostFailure, unchanged } from "../hosts/failure.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { EngineInfo, Host } from "../hosts/host.ts";
import { together } from "../hosts/together.ts";
import { NETWORK } from "../release/container-settings.ts";
import { APP_LABEL, KIND_LABEL } from "../release/labels.ts";
import type { StateFolders } from "../release/state-folders.ts";
import { readDisk } from "./disk.ts";
import type { FleetState, HostState, ObservedImage, ProxyState } from "./host-state.ts";
import { lockHeldNow } from "./lock-held.ts";
import { LOOK_SCRIPT, parseLook } from "./look-script.ts";
import { bareName, observedContainer } from "./observed-container.ts";
import { askProxy, proxyContainerState } from "./proxy-state.ts";
import { parseActive, parseRecords } from "./record-files.ts";

/** What to look for on a host. */
export interface Question {
  app: string;
  folders: StateFolders;
  /** The image's name with its registry, without a tag. */
  repository: string;
  /** The proxy's image as we would start it: `cutover-proxy:0.1.0`. */
  proxyImage: string;
  clock: Clock;
}

/** How many hosts are looked at at a time. */
export const AT_A_TIME = 50;

/**
 * Looks at every host at once.
 *
 * @param begun looks that are under way already, by host
 * @throws DeployError of the first host that could not be looked at, the others in its details
 */
export async function observeFleet(
  fleet: Fleet,
  question: Question,
  begun: ReadonlyMap<string, Promise<HostState>> = new Map(),
): Promise<FleetState> {
  const outcomes = await settleBounded(
    fleet.hosts,
    AT_A_TIME,
    ({ name }) => begun.get(name) ?? fleet.on(name, (host) => observeHost(host, question)),
  );
  const errors = outcomes.flatMap((outcome, index) =>
    outcome.status === "rejected"
      ? [hostFailure(fleet.hosts[index]?.name ?? "", "look at the host", outcome.reason)]
      : [],
  );
  if (errors.length > 0) throw unchanged(together(errors));
  return outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
}

/** What of a host a look needs. */
export type LookedAt = Pick<Host, "name" | "engineVersion" | "engineInfo" | "docker" | "script" | "proxy">;

/**
 * One look at a host: every question is asked at once, four of Docker, one script, one of the proxy.
 * Errors are Docker's and SSH's own.
 */
export async function observeHost(host: LookedAt, question: Question): Promise<HostState> {
  const { docker } = host;
  const { app, folders, repository, proxyImage, clock } = question;
  const [containers, images, networks, info, { answer, clockSkewMs }, answers] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listImages({ filters: { reference: [repository, proxyImage] } }),
    docker.listNetworks({ filters: { name: [NETWORK] } }),
    host.engineInfo(),
    look(host, folders, clock),
    askProxy(host),
  ]);
  const own = (container: ContainerInfo) =>
    container.Labels[APP_LABEL] === app && container.Labels[KIND_LABEL] === "role";
  const isProxy = ({ RepoTags }: ImageInfo) => RepoTags?.includes(proxyImage) === true;
  return {
    host: host.name,
    engine: host.engineVersion.engine,
    architecture: host.engineVersion.architecture === "arm64" ? "arm64" : "amd64",
    disk: await readDisk(host, storeOf(info), answer.disks),
    clockSkewMs,
    home: answer.home,
    network: networks.some(({ Name }) => Name === NETWORK),
    proxy: { ...proxyState(proxyContainerState(containers), answers), imagePresent: images.some(isProxy) },
    containers: containers.filter(own).map(observedContainer),
    takenNames: containers.flatMap(({ Names }) => Names.map(bareName)),
    foreignImageIds: containers.filter((container) => !own(container)).map(({ ImageID }) => ImageID),
    images: images.filter((image) => !isProxy(image)).map(observedImage),
    records: parseRecords(answer.records),
    active: answer.active === null ? null : parseActive(answer.active),
    lock: lockHeldNow(answer),
    unfinished: answer.unfinished,
    temporaries: answer.temporaries,
    checksumKey: answer.checksumKey,
  };
}

/** Reads the host's files and clock. The clock was read somewhere between our question and its answer. */
async function look(host: LookedAt, folders: StateFolders, clock: Clock) {
  const askedAt = clock.now();
  const { stdout } = await host.script(LOOK_SCRIPT, [folders.app]);
  const answer = parseLook(stdout);
  return { answer, clockSkewMs: Math.round(answer.timeMs - (askedAt + clock.now()) / 2) };
}

/** The program that answers may be newer than the image of its container. */
function proxyState(
  container: ReturnType<typeof proxyContainerState>,
  answers: Awaited<ReturnType<typeof askProxy>>,
): Omit<ProxyState, "imagePresent"> {
  if (answers === null) return { ...container, services: null };
  return { ...container, version: answers.release, services: answers.services };
}

function observedImage({ Id, RepoDigests, RepoTags, Size }: ImageInfo): ObservedImage {
  const references = [...(RepoTags ?? []), ...(RepoDigests ?? [])];
  return { id: Id, references: references.filter((name) => !name.includes("<none>")), sizeBytes: Size };
}

function storeOf(info: EngineInfo) {
  const containerd = (info.DriverStatus ?? []).some(([, value]) => value === "io.containerd.snapshotter.v1");
  return { rootFolder: info.DockerRootDir ?? "/var/lib/docker", containerd };
}
