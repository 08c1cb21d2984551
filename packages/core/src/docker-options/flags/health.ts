import type { HealthConfig } from "dockerode";
import type { ContainerSettings } from "../container-settings.ts";
import { aText, aValue, type Flag, type FlagTable } from "../flag.ts";
import { nanoseconds, whole } from "../values.ts";

type Health = HealthConfig & { StartInterval?: number };

function change(settings: ContainerSettings, part: Health): void {
  settings.Healthcheck = { ...settings.Healthcheck, ...part };
}

function time(key: "Interval" | "Timeout" | "StartPeriod" | "StartInterval"): Flag {
  return aValue(nanoseconds, "a time such as 10s or 1m30s", (settings, value) =>
    change(settings, { [key]: value }),
  );
}

/** Docker's own check of a container's health. */
export const health: FlagTable = {
  "health-cmd": aText((settings, value) => change(settings, { Test: ["CMD-SHELL", value] })),
  "health-interval": time("Interval"),
  "health-timeout": time("Timeout"),
  "health-start-period": time("StartPeriod"),
  "health-start-interval": time("StartInterval"),
  "health-retries": aValue(whole, "a whole number", (settings, value) =>
    change(settings, { Retries: value }),
  ),
  "no-healthcheck": {
    takes: "switch",
    set: (settings, on) => {
      if (on && settings.Healthcheck) return "cannot stand beside health-*";
      if (on) settings.Healthcheck = { Test: ["NONE"] };
      return undefined;
    },
  },
};
