import type { ContainerSettings } from "../container-settings.ts";
import { aText, type FlagTable, someValues } from "../flag.ts";
import { pair } from "../values.ts";

function logConfig(settings: ContainerSettings): { Type: string; Config: Record<string, string> } {
  settings.HostConfig.LogConfig ??= { Type: "", Config: {} };
  return settings.HostConfig.LogConfig;
}

/** Where a container's output goes. */
export const logging: FlagTable = {
  "log-driver": aText((settings, value) => {
    logConfig(settings).Type = value;
  }),
  "log-opt": someValues(pair, "NAME=VALUE", (settings, [name, value]) => {
    logConfig(settings).Config[name] = value;
  }),
};
