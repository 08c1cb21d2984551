import { DeployError } from "../errors/index.ts";
import { Fleet } from "../hosts/fleet.ts";
import type { FleetState } from "../observe/host-state.ts";
import { readLeftBehind } from "../observe/left-behind.ts";
import { parseActive } from "../observe/record-files.ts";
import type { Decision } from "../plan/decide.ts";
import { readGit } from "../release/git.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import { deployExitCode, deploySummary } from "./deploy-result.ts";
import type { ImageToRun } from "./image-to-run.ts";
import { orderOf } from "./order.ts";
import { openProject } from "./project.ts";
import type { DeployResult } from "./result.ts";
import { EVERYWHERE, scopeOf } from "./scope.ts";
import { bring } from "./ship.ts";
import { warnOfUnsupported } from "./unsupported.ts";

/** What `catch-up` did. */
export interface CatchUpResult {
  /** Null where no host is left behind. */
  deployed: DeployResult | null;
}

const KIND = { name: "catch-up", ensureProxy: true, prune: true, anew: false } as const;

/**
 * Brings the hosts that were left behind to the release that serves on the primary one, with this
 * project's configuration and secrets. Nothing is built. Those that are down still stay left behind.
 *
 * @throws DeployError RELEASE_UNKNOWN where nothing serves, or what serves is not what this project
 *   would deploy; its `state` says what serves
 */
export function catchUp(context: CommandContext): Promise<CatchUpResult> {
  return asCommand(
    "catch-up",
    context,
    async (telling) => ({ deployed: await bringLeftHosts(context, telling) }),
    ({ deployed }) => (deployed === null ? "no host is left behind" : deploySummary(deployed)),
    ({ deployed }) => (deployed === null ? 0 : deployExitCode(deployed)),
  );
}

async function bringLeftHosts(context: CommandContext, telling: Telling): Promise<DeployResult | null> {
  const project = await openProject(context);
  const { config, folders, workspace } = project;
  warnOfUnsupported(config, telling);
  const everywhere = scopeOf(config, EVERYWHERE);
  const { primaryHost } = everywhere;
  const alone = { primaryHost, hosts: [primaryHost], mayLeave: 0 };
  const primary = await connectAll(context, project, alone, telling);
  using first = primary.fleet;
  const files = await first.host(primaryHost).files();
  const left = (await readLeftBehind(files, folders)).map(({ host }) => host);
  const targets = everywhere.targets.filter(({ host }) => left.includes(host));
  if (targets.length === 0) return null;
  const active = await files.read(folders.active);
  if (active === null) throw nothingServes(primaryHost);

  const hosts = targets.map(({ host }) => host);
  // Where none of them answers there is nothing to do.
  const scope = { targets, primaryHost, hosts, mayLeave: hosts.length - 1 };
  const { version } = parseActive(active.toString("utf8"));
  const order = await orderOf({ project, git: await readGit(workspace), version, scope }, context, telling);
  const others = await connectAll(context, project, scope, telling);
  using rest = others.fleet;
  const shipment = {
    order,
    promised: null,
    fleet: new Fleet([...first.hosts, ...rest.hosts]),
    left: others.left,
    imageFor: async (looking: Promise<FleetState>) => servingImage(await looking, primaryHost),
    refuse: (decision: Decision, states: FleetState) => refuseOther(decision, states, primaryHost),
  };
  // Awaited here, since the connections are closed when this function returns.
  return await bring(KIND, shipment, context, telling);
}

/** The image that the primary host serves, as it was recorded there. */
function servingImage(states: FleetState, primaryHost: string): ImageToRun {
  const primary = states.find(({ host }) => host === primaryHost);
  const record = primary?.records.find(({ release }) => release === primary.active?.release);
  if (record === undefined) throw nothingServes(primaryHost);
  // Which commit it was built from is not for this folder to say.
  return { image: record.image, origin: "named", buildMs: 0 };
}

/** Hosts that are to catch up get the very release of the others, or none. */
function refuseOther({ release }: Decision, states: FleetState, primaryHost: string): void {
  const serving = states.find(({ host }) => host === primaryHost)?.active?.release;
  if (release === serving) return;
  throw new DeployError("RELEASE_UNKNOWN", {
    cause: "what serves was deployed with another configuration or other secrets than are here",
    hint: "deploy, which brings every host to what is here; deploy plan tells what differs",
    state: "unchanged",
  });
}

function nothingServes(primaryHost: string): DeployError {
  return new DeployError("RELEASE_UNKNOWN", {
    cause: `${primaryHost} serves no release that others could be brought to`,
    hint: "deploy",
    state: "unchanged",
  });
}
