import type { Builder } from "../config/config.ts";
import { DeployError } from "../errors/index.ts";

/** What of a host decides what is built for it. */
interface BuiltFor {
  name: string;
  engineVersion: { architecture: string };
}

/**
 * The processor family that an image has to be for which goes straight to the hosts: one for all.
 *
 * @throws DeployError CONFIG_INVALID when they differ, or `builder.arch` does not have it
 */
export function commonArchitecture(
  hosts: readonly BuiltFor[],
  { arches }: Pick<Builder, "arches">,
): Builder["arches"][number] {
  const families = [...new Set(hosts.map(({ engineVersion }) => engineVersion.architecture))];
  const arch = arches.find((one) => families[0] === one);
  if (arch !== undefined && families.length === 1) return arch;
  const each = hosts.map(({ name, engineVersion }) => `${name} is ${engineVersion.architecture}`);
  throw new DeployError("CONFIG_INVALID", {
    cause:
      families.length > 1
        ? "without a registry one image goes to every host, and they have different processors"
        : `builder.arch is ${arches.join(" and ")}, and the hosts are ${families.join()}`,
    hint:
      families.length > 1
        ? "name a registry, and build for both: builder.arch"
        : `builder.arch: ${families.join()}`,
    details: each,
    state: "unchanged",
  });
}
