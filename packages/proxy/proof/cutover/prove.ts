import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../lib/random.ts";
import { violationsOfCounts } from "./counts.ts";
import { type CountAllowed, judge } from "./judge.ts";
import { chooseOperation, deploy } from "./operations.ts";
import { Stage } from "./stage.ts";
import { Traffic } from "./traffic.ts";

/** What a proof under load found. */
export interface CutoverProof {
  operations: Record<string, number>;
  requests: number;
  /** Of those, failed as the model allows: their target or the proxy was killed, or they were cut. */
  excused: number;
  posts: number;
  seconds: number;
  /** One line for each thing that must not be. Empty: proved. */
  violations: string[];
}

/** The longest that a request may take, so that what ended before can be forgotten. */
const longestMs = 65_000;
/** Requests between one operation and the next, at least. */
const between = 20;
const clients = { busy: 24, slow: 6 };

/**
 * Does random things to a real proxy under load, and holds every request against a model of which app
 * may have answered it when.
 *
 * @param seed of the choices
 * @param onOperation told of each, for progress
 */
export async function proveCutover(
  seed: number,
  count: number,
  onOperation: (done: number) => void = () => {},
): Promise<CutoverProof> {
  const folder = await mkdtemp(join(tmpdir(), "cutover-proof-"));
  const stage = await Stage.start(folder);
  try {
    await deploy(stage, null);
    return await new CutoverRun(stage, new Random(seed)).run(count, onOperation);
  } finally {
    await stage.end();
    await rm(folder, { recursive: true });
  }
}

class CutoverRun {
  readonly #stage: Stage;
  readonly #random: Random;
  readonly #traffic: Traffic;
  readonly #counts = new Map<string, CountAllowed>();
  #excused = 0;

  constructor(stage: Stage, random: Random) {
    this.#stage = stage;
    this.#random = random;
    this.#traffic = new Traffic(stage.port, random, clients);
  }

  async run(count: number, onOperation: (done: number) => void): Promise<CutoverProof> {
    const startedAt = performance.now();
    const done: Record<string, number> = {};
    const { violations } = this.#stage;
    for (let operation = 0; operation < count && violations.length === 0; operation += 1) {
      const [name, run] = chooseOperation(this.#random);
      await run(this.#stage, this.#random);
      done[name] = (done[name] ?? 0) + 1;
      await this.#traffic.more(between);
      await this.#stage.retire();
      this.#judge(`operation ${operation} (${name})`);
      onOperation(operation + 1);
    }
    await this.#traffic.end();
    this.#judge("the end");
    violations.push(...(await violationsOfCounts(this.#counts, this.#stage.apps)));
    return {
      operations: done,
      requests: this.#traffic.count,
      excused: this.#excused,
      posts: this.#counts.size,
      seconds: (performance.now() - startedAt) / 1000,
      violations,
    };
  }

  #judge(after: string): void {
    const { timeline } = this.#stage;
    for (const sent of this.#traffic.take()) {
      const { violation, counted } = judge(sent, timeline);
      if (violation !== null) this.#stage.violated(`up to ${after}: ${violation}`);
      else if (sent.outcome.type === "failed" || sent.outcome.app === null) this.#excused += 1;
      if (sent.id !== null) this.#counts.set(sent.id, counted);
    }
    timeline.forget(performance.now() - longestMs);
  }
}
