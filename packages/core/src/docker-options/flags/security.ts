import type { ContainerSettings } from "../container-settings.ts";
import { aSwitch, type FlagTable, someTexts } from "../flag.ts";

function securityOption(settings: ContainerSettings, value: string): string | undefined {
  const former: string[] = settings.HostConfig.SecurityOpt ?? [];
  settings.HostConfig.SecurityOpt = former;
  if (value === "systempaths=unconfined") {
    settings.HostConfig.MaskedPaths = [];
    settings.HostConfig.ReadonlyPaths = [];
    return undefined;
  }
  const [, profile] = /^seccomp[=:](.+)$/.exec(value) ?? [];
  if (profile !== undefined && !["unconfined", "builtin"].includes(profile)) {
    return "a seccomp profile in a file of the host cannot be read from here; unconfined and builtin can be named";
  }
  settings.HostConfig.SecurityOpt = [...former, value];
  return undefined;
}

/** What a container may do to the host. */
export const security: FlagTable = {
  privileged: aSwitch((settings, on) => {
    settings.HostConfig.Privileged = on;
  }),
  "cap-add": someTexts((settings, value) => {
    const former: string[] = settings.HostConfig.CapAdd ?? [];
    settings.HostConfig.CapAdd = [...former, value];
  }),
  "cap-drop": someTexts((settings, value) => {
    const former: string[] = settings.HostConfig.CapDrop ?? [];
    settings.HostConfig.CapDrop = [...former, value];
  }),
  "security-opt": { takes: "values", set: securityOption },
};
