import type { HostLeft } from "./told.ts";

/** The app whose deploys are proved. */
const APP = "hello";

/**
 * Promise 4: what carries the app's labels after a deploy is the active release, those that are kept
 * and nothing else. Pure. @returns a line for each thing that nobody will miss and nobody removed
 */
export function strays(left: HostLeft): string[] {
  const own = left.containers.filter(({ app, kind }) => app === APP && kind === "role");
  const running = own.filter(({ state }) => state !== "exited");
  const outOfPlace = running.filter(
    ({ state, release }) => release !== left.active || !["running", "healthy"].includes(state),
  );
  const unknown = own.filter(({ release }) => !left.records.includes(release));
  const second = own.filter(({ name }) => /_replaced_[0-9a-f]+$/.test(name));
  return [
    ...(running.some(({ release }) => release === left.active)
      ? []
      : ["the release that serves has no container"]),
    ...outOfPlace.map(({ name, state }) => `${name} is ${state} and does not belong to what serves`),
    ...unknown.map(({ name }) => `${name} belongs to no release that is written down`),
    ...second.map(({ name }) => `${name} was replaced and is still there`),
    ...left.unfinished.map((file) => `${file} was never finished`),
    ...(left.lock === "held" ? ["the lock is held after the end"] : []),
    ...(left.images > left.records.length
      ? [`${left.images} images for ${left.records.length} releases`]
      : []),
  ];
}
