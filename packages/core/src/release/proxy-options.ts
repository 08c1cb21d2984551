import type { ProxyRun } from "../config/proxy.ts";
import { canonical, checksum } from "./checksum.ts";

/** A checksum of how a proxy is run, for the label by which other options are noticed. Nothing of it is secret. */
export function proxyOptionsChecksum(run: ProxyRun): string {
  return checksum("proxy", canonical(run)).slice(0, 16);
}
