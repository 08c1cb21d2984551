import type Dockerode from "dockerode";
import { APP_LABEL, KIND_LABEL, RELEASE_LABEL, ROLE_LABEL, VERSION_LABEL } from "../release/labels.ts";

/** A container of one of an app's roles. */
export interface AppContainer {
  id: string;
  name: string;
  role: string;
  version: string;
  release: string;
  running: boolean;
}

/** The containers of an app's roles on a host, newest first. */
export async function appContainers(docker: Dockerode, app: string): Promise<AppContainer[]> {
  const label = roleContainerLabels(app);
  const found = await docker.listContainers({ all: true, filters: { label } });
  return found
    .toSorted((a, b) => b.Created - a.Created)
    .map(({ Id, Names, State, Labels }) => ({
      id: Id,
      name: (Names[0] ?? Id).replace(/^\//, ""),
      role: Labels[ROLE_LABEL] ?? "",
      version: Labels[VERSION_LABEL] ?? "",
      release: Labels[RELEASE_LABEL] ?? "",
      running: State === "running",
    }));
}

/** Docker's filter for the containers of an app's roles. */
export function roleContainerLabels(app: string): string[] {
  return [`${APP_LABEL}=${app}`, `${KIND_LABEL}=role`];
}

/** Those of a role that run, else its newest, whose log says why it does not. */
export function worthReading(containers: readonly AppContainer[], role: string): AppContainer[] {
  const own = containers.filter((container) => container.role === role);
  const running = own.filter((container) => container.running);
  return running.length > 0 ? running : own.slice(0, 1);
}
