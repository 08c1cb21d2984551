import type { FlagTable } from "../flag.ts";
import { health } from "./health.ts";
import { logging } from "./logging.ts";
import { network } from "./network.ts";
import { process } from "./process.ts";
import { resources } from "./resources.ts";
import { security } from "./security.ts";
import { storage } from "./storage.ts";

/** Every flag of `docker run`, in the order they are applied. */
export const allFlags: FlagTable = {
  ...network,
  ...storage,
  ...process,
  ...resources,
  ...security,
  ...health,
  ...logging,
};

/** Other spellings of flags, as Docker has them. */
export const flagAliases: Record<string, string> = {
  net: "network",
  "net-alias": "network-alias",
  "dns-opt": "dns-option",
};
