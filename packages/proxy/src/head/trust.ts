import { BlockList, isIPv6 } from "node:net";
import type { ServiceSettings } from "../control/settings.ts";

/** Decides whether what a client says about where a request came from is believed. */
export class Trust {
  readonly #all: boolean;
  readonly #networks: BlockList | null;

  constructor(settings: Pick<ServiceSettings, "forwardHeaders" | "trustedProxies">) {
    this.#all = settings.forwardHeaders && settings.trustedProxies === null;
    this.#networks = settings.forwardHeaders ? networksOf(settings.trustedProxies) : null;
  }

  /** @param address of the client's end of its connection; an IPv4 one without `::ffff:` */
  believes(address: string): boolean {
    if (this.#networks === null) return this.#all;
    return this.#networks.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  }
}

function networksOf(networks: readonly string[] | null): BlockList | null {
  if (networks === null) return null;
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
