import type { CommitResult, Receipt } from "@cutover/proxy/protocol";
import type { HostConfig } from "dockerode";
import type { Random } from "../commands/context.ts";

/** As the Engine API has it. */
type RestartPolicy = NonNullable<HostConfig["RestartPolicy"]>;

/** A switch that was made in this run. */
export interface MadeSwitch extends CommitResult {
  host: string;
  service: string;
  /** Milliseconds on the monotonic clock of this machine. */
  sentAt: number;
  answeredAt: number;
  reverted: boolean;
}

/** What steps found out in this run, for the steps and the report after them. */
export class Memory {
  readonly #containers = new Map<string, string>();
  readonly #switches = new Map<string, MadeSwitch>();
  readonly #unanswered = new Set<string>();
  readonly #pulled = new Set<string>();
  readonly #policies = new Map<string, RestartPolicy>();
  readonly #requests = new Map<string, string>();
  readonly #receipts = new Map<string, Receipt>();
  /** Containers and images that were removed at the end, by host. */
  readonly pruned = new Map<string, { containers: string[]; images: string[] }>();

  /** Remembers a container that this run made. */
  madeContainer(host: string, name: string, id: string): void {
    this.#containers.set(key(host, name), id);
  }

  /** The id of a container that this run made, or null. */
  container(host: string, name: string): string | null {
    return this.#containers.get(key(host, name)) ?? null;
  }

  /** Remembers an image that this run began to pull. */
  pulled(host: string, image: string): void {
    this.#pulled.add(key(host, image));
  }

  wasPulled(host: string, image: string): boolean {
    return this.#pulled.has(key(host, image));
  }

  /** Remembers the restart policy of a container that is about to be stopped. */
  stopping(host: string, name: string, policy: RestartPolicy): void {
    this.#policies.set(key(host, name), policy);
  }

  /** The restart policy that a container had before this run stopped it; null where it did not. */
  policyBefore(host: string, name: string): RestartPolicy | null {
    return this.#policies.get(key(host, name)) ?? null;
  }

  /** Remembers that a proxy is being asked to switch. */
  askingSwitch(host: string, service: string): void {
    this.#unanswered.add(key(host, service));
  }

  /** The proxy said no: nothing was switched. */
  refusedSwitch(host: string, service: string): void {
    this.#unanswered.delete(key(host, service));
  }

  /** Whether a proxy was asked to switch and nobody knows whether it did. */
  isUnanswered(host: string, service: string): boolean {
    return this.#unanswered.has(key(host, service));
  }

  /**
   * The name of a request to a host's proxy: the same whenever the same is asked in this run, so that a
   * change asked for again, because its answer was lost, is made once.
   */
  requestId(host: string, about: string, random: Random): string {
    const known = this.#requests.get(key(host, about)) ?? random.hex(8);
    this.#requests.set(key(host, about), known);
    return known;
  }

  madeSwitch(made: MadeSwitch): void {
    this.#unanswered.delete(key(made.host, made.service));
    this.#switches.set(key(made.host, made.service), made);
  }

  switchOf(host: string, service: string): MadeSwitch | null {
    return this.#switches.get(key(host, service)) ?? null;
  }

  get switches(): readonly MadeSwitch[] {
    return [...this.#switches.values()];
  }

  gotReceipt(host: string, receipt: Receipt): void {
    this.#receipts.set(key(host, receipt.service), receipt);
  }

  receiptOf(host: string, service: string): Receipt | null {
    return this.#receipts.get(key(host, service)) ?? null;
  }
}

/** No host or service has a space in its name. */
function key(host: string, name: string): string {
  return `${host} ${name}`;
}
