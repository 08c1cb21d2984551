import type { PlannedHost, PlanResult } from "@cutover/core";
import { changeLine, driftLine } from "@cutover/core/plan/words";
import type { Palette } from "./palette.ts";
import { withShortHashes } from "./text.ts";

/** What a deploy would do, host by host: why first, then the steps in their phases. */
export function planLines(plan: PlanResult, paint: Palette): string[] {
  const name = plan.destination === null ? plan.service : `${plan.service} (${plan.destination})`;
  const heading = `${paint.bold(`${name} ${plan.version}`)}  ${paint.dim(imageWords(plan))}`;
  const hosts = plan.hosts.flatMap((host) => [
    `${paint.accent(host.host)}  ${actionWords(host, paint)}`,
    ...whyLines(host).map((line) => `  ${line}`),
    ...stepLines(plan, host.host).map((line) => `  ${paint.dim(line)}`),
  ]);
  return [heading, ...hosts].map(withShortHashes);
}

function imageWords({ image, version }: PlanResult): string {
  const reference = `${image.repository}:${version}`;
  switch (image.origin) {
    case "serving":
      return `${reference}, which serves already: nothing would be built`;
    case "registry":
      return `${reference}, from the registry`;
    case "to-build":
      return `${reference}, which would be built`;
    case "missing":
      return `${reference}, which is not in the registry: deploy would fail`;
  }
}

function actionWords({ action, drift, lockedBy }: PlannedHost, paint: Palette): string {
  const busy = lockedBy === null ? "" : paint.caution(`, ${lockedBy} is at work there`);
  if (action === "boot") return `boots a release${busy}`;
  if (action === "repair") return `is put right${busy}`;
  return drift.length === 0
    ? `${paint.good("nothing to do")}${busy}`
    : `${paint.caution("left as it is")}${busy}`;
}

function whyLines({ changes, drift }: PlannedHost): string[] {
  return [...changes.map(changeLine), ...drift.map(driftLine)].map((why) => `because ${why}`);
}

/** A line for each phase that has something to do on the host. */
function stepLines({ phases }: PlanResult, host: string): string[] {
  return phases.flatMap(({ title, lanes }) => {
    const steps = lanes.filter((lane) => lane.host === host).flatMap((lane) => lane.steps);
    return steps.length === 0 ? [] : [`${title}: ${steps.join("; ")}`];
  });
}
