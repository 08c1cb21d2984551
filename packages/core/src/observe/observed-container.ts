import type { ContainerInfo } from "dockerode";
import { RELEASE_LABEL, ROLE_LABEL, VERSION_LABEL } from "../release/labels.ts";
import type { ObservedContainer } from "./host-state.ts";

/** A container of the app, from Docker's list. */
export function observedContainer(container: ContainerInfo): ObservedContainer {
  const label = (name: string) => container.Labels[name] ?? "";
  return {
    id: container.Id,
    name: bareName(container.Names[0] ?? ""),
    state: container.State,
    status: container.Status,
    health: healthOf(container.Status),
    image: container.Image,
    imageId: container.ImageID,
    createdAt: container.Created,
    role: label(ROLE_LABEL),
    version: label(VERSION_LABEL),
    release: label(RELEASE_LABEL),
  };
}

/** Docker's lists write names with a slash in front. */
export function bareName(name: string): string {
  return name.replace(/^\//, "");
}

/** The list tells a container's health only inside its status: `Up 3 minutes (healthy)`. */
function healthOf(status: string): ObservedContainer["health"] {
  const found = /\((?:health: )?(healthy|unhealthy|starting)\)$/.exec(status)?.[1];
  return found === "healthy" || found === "unhealthy" || found === "starting" ? found : null;
}
