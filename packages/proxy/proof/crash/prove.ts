import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ControlRefusal } from "../../src/control/refusal.ts";
import { ProxyDied } from "../lib/logging-process.ts";
import { ProxyProcess } from "../lib/proxy-process.ts";
import { Random } from "../lib/random.ts";
import {
  after,
  asText,
  type Change,
  nextSwitch,
  possibleChanges,
  type Services,
  servicesOf,
} from "./kept.ts";
import { Releases } from "./releases.ts";
import { problemsOfRoutes } from "./routes.ts";

/** What a proof by crashes found. */
export interface CrashProof {
  crashes: number;
  /** How often the process was killed where. */
  points: Record<string, number>;
  /** From the start of a process to its serving, for each time. */
  startMs: number[];
  /** One line for each thing that must not be. Empty: proved. */
  violations: string[];
}

const services = ["a", "b"] as const;
/** A save takes at most eleven steps; the first three saves of each life are covered. */
const steps = 33;

/**
 * Makes random changes of a real proxy that is killed at one step or another of writing them down,
 * starts it again, and holds what it knows then against a model: all that was answered is kept, what
 * was being asked for is made or not made, and asking for it again makes it once.
 *
 * @param seed of the choices: what is changed, and where the process dies
 */
export async function proveCrashes(seed: number, crashes: number): Promise<CrashProof> {
  const folder = await mkdtemp(join(tmpdir(), "cutover-proof-"));
  const releases = await Releases.start(5);
  try {
    return await new CrashRun(new Random(seed), folder, releases).run(crashes);
  } finally {
    releases.stop();
    await rm(folder, { recursive: true });
  }
}

class CrashRun {
  readonly #random: Random;
  readonly #folder: string;
  readonly #releases: Releases;
  readonly #proof: CrashProof = { crashes: 0, points: {}, startMs: [], violations: [] };
  /** All that was answered. */
  #made: Services = {};
  /** What was asked for when the process died. */
  #open: { change: Change; id: string } | null = null;
  #changes = 0;

  constructor(random: Random, folder: string, releases: Releases) {
    this.#random = random;
    this.#folder = folder;
    this.#releases = releases;
  }

  async run(crashes: number): Promise<CrashProof> {
    while (this.#proof.crashes < crashes && this.#proof.violations.length === 0) await this.#liveOnce();
    return this.#proof;
  }

  /** One life of the proxy, from what the one before left to its own death. */
  async #liveOnce(): Promise<void> {
    const crashPoint = 1 + this.#random.below(steps);
    const proxy = await ProxyProcess.start(this.#folder, crashPoint);
    this.#proof.startMs.push(proxy.startMs);
    try {
      await this.#checkWhatIsKept(proxy);
      while (this.#proof.violations.length === 0) await this.#change(proxy);
    } catch (error) {
      if (error instanceof ControlRefusal) this.#violated(`refused: ${error.code}: ${error.message}`);
      else if (!(error instanceof ProxyDied)) throw error;
    }
    // It lives on only when something was violated.
    if (this.#proof.violations.length > 0) await proxy.kill();
    await proxy.ended;
    this.#countCrash(proxy);
  }

  async #checkWhatIsKept(proxy: ProxyProcess): Promise<void> {
    for (const { event, problem } of proxy.lines) {
      if (event === "state.unreadable") this.#violated(`a crash left a file that can't be read: ${problem}`);
    }
    const { services: list } = await proxy.tell("list", {}, "list");
    const kept = asText(servicesOf(list));
    const allowed = [
      asText(this.#made),
      ...(this.#open === null ? [] : [asText(this.#with(this.#open.change))]),
    ];
    if (!allowed.includes(kept)) this.#violated(`kept ${kept}; allowed was ${allowed.join(" or ")}`);
    for (const problem of await problemsOfRoutes(proxy, servicesOf(list), this.#releases))
      this.#violated(problem);
    if (this.#open !== null) await this.#askAgain(proxy, kept !== asText(this.#made));
  }

  /** Whoever got no answer asks again with the same id: it is made once. */
  async #askAgain(proxy: ProxyProcess, alreadyMade: boolean): Promise<void> {
    const { change, id } = this.#open as { change: Change; id: string };
    await this.#tell(proxy, change, id, !alreadyMade);
    const { services: list } = await proxy.tell("list", {}, "list-again");
    const [now, expected] = [asText(servicesOf(list)), asText(this.#with(change))];
    if (now !== expected)
      this.#violated(`asked again for ${JSON.stringify(change)}: ${now}, not ${expected}`);
    this.#answered(change);
  }

  async #change(proxy: ProxyProcess): Promise<void> {
    this.#changes += 1;
    const service = this.#random.pick(services);
    const change = this.#random.pick(possibleChanges(this.#made, service, `r${this.#changes}`));
    const id = `change-${this.#changes}`;
    this.#open = { change, id };
    await this.#tell(proxy, change, id, true);
    this.#answered(change);
  }

  async #tell(proxy: ProxyProcess, change: Change, id: string, prepareFirst: boolean): Promise<void> {
    const { service } = change;
    if (change.verb !== "commit") {
      if (change.verb !== "revert") return void (await proxy.tell(change.verb, { service }, id));
      const { lastSwitch } = (prepareFirst ? this.#made : this.#with(change))[service] ?? {};
      return void (await proxy.tell(
        "revert",
        { service, switch: lastSwitch ?? "", drainTimeoutMs: 1_000 },
        id,
      ));
    }
    if (prepareFirst) {
      await proxy.tell(
        "prepare",
        {
          service,
          candidate: change.release,
          targets: [this.#releases.targetOf(change.release)],
          options: { hosts: [`${service}.example`] },
          health: {},
          deadlineMs: 10_000,
          expiresMs: 60_000,
        },
        `${id}-prepare`,
      );
    }
    await proxy.tell("commit", { service, candidate: change.release, drainTimeoutMs: 1_000 }, id);
  }

  #with(change: Change): Services {
    return after(this.#made, change, nextSwitch(this.#made, change.service));
  }

  #answered(change: Change): void {
    this.#made = this.#with(change);
    this.#open = null;
  }

  #countCrash(proxy: ProxyProcess): void {
    this.#proof.crashes += 1;
    const point = proxy.lines.find(({ event }) => event === "proof.crash")?.["point"] as string | undefined;
    const name = point ?? "elsewhere";
    this.#proof.points[name] = (this.#proof.points[name] ?? 0) + 1;
  }

  #violated(line: string): void {
    this.#proof.violations.push(`after crash ${this.#proof.crashes}: ${line}`);
  }
}
