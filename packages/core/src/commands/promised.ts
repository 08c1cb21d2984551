import { posix } from "node:path";
import { DeployError } from "../errors/index.ts";
import { outdated, type PromisedPlan, parsePlanFile } from "../plan/plan-file.ts";
import { shortVersion } from "../release/version.ts";
import type { Order } from "./order.ts";

/** An order with the plan that it has to keep to. */
export interface Promised {
  order: Order;
  plan: PromisedPlan;
}

/**
 * Reads the plan that is to be carried out, and checks that it is about this app and version.
 *
 * @param path relative to the folder
 * @throws DeployError USAGE for what is no plan of this app, PLAN_OUTDATED for one of another version
 */
export async function promisedPlan(order: Order, path: string): Promise<Promised> {
  const { workspace, config } = order.project;
  const text = await workspace.readFile(posix.resolve(workspace.cwd, path));
  if (text === null)
    throw new DeployError("USAGE", {
      cause: `there is no file ${path}`,
      hint: `make one: deploy plan --out ${path}`,
      state: "unchanged",
    });
  const plan = parsePlanFile(text, path);
  if (plan.app !== config.app)
    throw new DeployError("USAGE", {
      cause: `${path} is a plan of ${plan.app}, and this is ${config.app}`,
      hint: "name the destination with -d, or run it in the other app's folder",
      state: "unchanged",
    });
  if (committed(plan.version) !== committed(order.version))
    throw outdated([`the version was ${shortVersion(plan.version)} and is ${shortVersion(order.version)}`]);
  // The digits of what was not committed are made up anew each time.
  return { plan, order: { ...order, version: plan.version } };
}

function committed(version: string): string {
  return version.replace(/_uncommitted_[0-9a-f]{16}$/, "_uncommitted");
}
