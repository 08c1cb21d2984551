import type { Address } from "./target.ts";

/** One target, with the connections to it. */
export class Upstream {
  readonly address: Address;
  inFlight = 0;

  constructor(address: Address) {
    this.address = address;
  }

  closeIdle(): void {}
}
