import type { ContainerInfo, ImageInfo } from "dockerode";
import { settleBounded } from "../hosts/bounded.ts";
import { hostFailure, unchanged } from "../hosts/failure.ts";
import { type Fleet, together } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import { PROXY_CONTAINER } from "../hosts/proxy-control.ts";
import { NETWORK } from "../release/container-settings.ts";
import { APP_LABEL, KIND_LABEL, RELEASE_LABEL, ROLE_LABEL, VERSION_LABEL } from "../release/labels.ts";
import type { StateFolders } from "../release/state-folders.ts";
import type { FleetState, HostState, ObservedContainer, ProxyState } from "./host-state.ts";
import { readActive, readRecords } from "./record-files.ts";

/** What to look for on a host. */
export interface Question {
  app: string;
  folders: StateFolders;
  /** The image's name with its registry, without a tag. */
  repository: string;
  /** The proxy's image as we would start it: `cutover-proxy:0.1.0`. */
  proxyImage: string;
}

/** How many hosts are looked at at a time. */
const AT_A_TIME = 50;

/**
 * Looks at every host at once.
 *
 * @throws DeployError of the first host that could not be looked at, the others in its details
 */
export async function observeFleet(fleet: Fleet, question: Question): Promise<FleetState> {
  const outcomes = await settleBounded(fleet.hosts, AT_A_TIME, (host) => observeHost(host, question));
  const errors = outcomes.flatMap((outcome, index) =>
    outcome.status === "rejected"
      ? [hostFailure(fleet.hosts[index]?.name ?? "", "look at the host", outcome.reason)]
      : [],
  );
  if (errors.length > 0) throw unchanged(together(errors));
  return outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
}

/** One look at a host: every question is asked at once. Errors are Docker's and SFTP's own. */
export async function observeHost(host: Host, question: Question): Promise<HostState> {
  const { docker } = host;
  const files = await host.files();
  const [containers, images, proxyImages, networks, records, active, home] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listImages({ filters: { reference: [question.repository] } }),
    docker.listImages({ filters: { reference: [question.proxyImage] } }),
    docker.listNetworks({ filters: { name: [NETWORK] } }),
    readRecords(files, question.folders),
    readActive(files, question.folders),
    files.home(),
  ]);
  const own = (container: ContainerInfo) =>
    container.Labels[APP_LABEL] === question.app && container.Labels[KIND_LABEL] === "role";
  return {
    host: host.name,
    engine: host.engineVersion.engine,
    architecture: host.engineVersion.architecture === "arm64" ? "arm64" : "amd64",
    home,
    network: networks.some(({ Name }) => Name === NETWORK),
    proxy: proxyState(containers, proxyImages.length > 0),
    containers: containers.filter(own).map(observed),
    takenNames: containers.flatMap(({ Names }) => Names.map(bareName)),
    foreignImageIds: containers.filter((container) => !own(container)).map(({ ImageID }) => ImageID),
    images: images.map(({ Id, RepoDigests, RepoTags }: ImageInfo) => {
      return { id: Id, references: [...(RepoTags ?? []), ...(RepoDigests ?? [])].filter(isReference) };
    }),
    records,
    active,
  };
}

function observed(container: ContainerInfo): ObservedContainer {
  const label = (name: string) => container.Labels[name] ?? "";
  return {
    id: container.Id,
    name: bareName(container.Names[0] ?? ""),
    state: container.State,
    status: container.Status,
    image: container.Image,
    imageId: container.ImageID,
    createdAt: container.Created,
    role: label(ROLE_LABEL),
    version: label(VERSION_LABEL),
    release: label(RELEASE_LABEL),
  };
}

function proxyState(containers: readonly ContainerInfo[], imagePresent: boolean): ProxyState {
  const found = containers.find(({ Names }) => Names.some((name) => bareName(name) === PROXY_CONTAINER));
  if (found === undefined) return { container: "missing", version: null, imagePresent };
  const version = found.Image.split(":")[1] ?? null;
  return { container: found.State === "running" ? "running" : "stopped", version, imagePresent };
}

/** Docker's lists write names with a slash in front. */
function bareName(name: string): string {
  return name.replace(/^\//, "");
}

function isReference(name: string): boolean {
  return !name.includes("<none>");
}
