import type { Role } from "../config/config.ts";
import type { ContainerSettings } from "../docker-options/container-settings.ts";
import {
  APP_LABEL,
  DESTINATION_LABEL,
  KIND_LABEL,
  RELEASE_LABEL,
  ROLE_LABEL,
  SERVICE_LABEL,
  VERSION_LABEL,
} from "./labels.ts";

/** The network that apps, accessories and the proxy share on a host. */
export const NETWORK = "cutover";

/** As the Engine API has it. */
export interface RestartPolicy {
  Name: string;
  MaximumRetryCount?: number | undefined;
}

/** What a container is and whose, for its labels. */
export interface ContainerIdentity {
  service: string;
  destination: string | null;
  app: string;
  release: string;
  version: string;
}

/** The labels of one role's container. Ours win over the user's. */
export function roleLabels(identity: ContainerIdentity, role: Role): Record<string, string> {
  return {
    ...role.labels,
    [SERVICE_LABEL]: identity.service,
    [ROLE_LABEL]: role.name,
    // Written also where there is none, so that a filter on an empty destination finds these alone.
    [DESTINATION_LABEL]: identity.destination ?? "",
    [APP_LABEL]: identity.app,
    [RELEASE_LABEL]: identity.release,
    [VERSION_LABEL]: identity.version,
    [KIND_LABEL]: "role",
  };
}

/**
 * The Engine API's body for a role's container, without image and environment.
 *
 * @param settings the user's own, host paths resolved
 * @param hostname what the container calls itself
 */
export function containerSettings(
  role: Role,
  settings: ContainerSettings,
  labels: Record<string, string>,
  hostname: string,
): ContainerSettings {
  return {
    Hostname: hostname,
    ...settings,
    ...(role.cmd === null ? {} : { Cmd: role.cmd }),
    Labels: { ...settings.Labels, ...labels },
    HostConfig: {
      NetworkMode: NETWORK,
      ...settings.HostConfig,
      // A candidate that crashes, or whose client dies, must not live on: it gets its policy later.
      RestartPolicy: { Name: "no" },
    },
  };
}

/** The user's restart policy; ours where there is none. */
export function restartPolicy(settings: ContainerSettings): RestartPolicy {
  return settings.HostConfig?.RestartPolicy ?? { Name: "always" };
}

/** `web1-3f2a1c…`: the host's name, cut so that the whole stays a valid host name, and random digits. */
export function hostnameOf(host: string, digits: string): string {
  return `${host.slice(0, 50).replace(/\.+$/, "")}-${digits}`;
}
