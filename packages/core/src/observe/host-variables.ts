import type { Fleet } from "../hosts/fleet.ts";
import { parseVariables } from "../release/host-variables.ts";

/** The variables that a login on a host has, by name. */
export type VariablesByHost = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads the environment that a login has on each host. */
export async function readHostVariables(fleet: Fleet): Promise<VariablesByHost> {
  const each = fleet.hosts.map(async ({ name }) => {
    const { stdout } = await fleet.on(name, (host) => host.script("exec env -0", []));
    return [name, parseVariables(stdout)] as const;
  });
  return new Map(await Promise.all(each));
}
