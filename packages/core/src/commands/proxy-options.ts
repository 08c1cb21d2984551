import type { ProxyServiceState, ProxyState } from "../observe/host-state.ts";
import type { ProxyOrder } from "../plan/proxy-plan.ts";
import type { HostFilter } from "./context.ts";

/** What `proxy boot` and `proxy reboot` can be asked. */
export interface ProxyBootOptions extends ProxyOrder {
  filter: HostFilter;
}

/** The proxy of each host as it is afterwards. */
export interface ProxyBootResult {
  hosts: { host: string; version: string; changed: boolean }[];
}

/** What `proxy details` can be asked. */
export interface ProxyDetailsOptions {
  filter: HostFilter;
}

/** The proxy of each host as it is now. */
export interface ProxyDetails {
  hosts: ProxyHostDetails[];
}

/** One host's proxy; `error` in place of everything else when it could not be looked at. */
export interface ProxyHostDetails {
  host: string;
  /** One sentence; null when all is well. */
  error: string | null;
  container: ProxyState["container"] | null;
  version: string | null;
  /** Every service it knows, other apps' too; null where it does not answer. */
  services: ProxyServiceState[] | null;
}
