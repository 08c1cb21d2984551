import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Ended, TrafficReport } from "../../traffic/report.ts";
import { type Traffic, TrafficEndedError } from "../../traffic/traffic.ts";
import { LineSplitter } from "../lines.ts";
import type { Check, DemoSink, StageName, StageResult } from "./event.ts";
import { isWell } from "./summary.ts";

/** The rate that the demo promises its visitors, in requests a second. */
export const REQUESTS_PER_SECOND = 200;

/** The longest that traffic goes on in one stage, should what it waits for never come. */
const TRAFFIC_LASTS_MS = 120_000;

/** A line of the image builder's log, as `deploy` prints it: more than a visitor wants to read. */
const BUILD_LOG = / build │ /;

/** How often the counts of traffic under way are told, in ms. */
const PROGRESS_MS = 250;

/** One stage under way: what it does is told as it happens, and its promises are collected. */
export class Stage {
  private readonly name: StageName;
  private readonly title: string;
  private readonly emit: DemoSink;
  private readonly startedAt = performance.now();
  private readonly checks: Check[] = [];
  private report: TrafficReport | null = null;
  /** Every request of this stage, for figures over several stages. */
  requests: readonly Ended[] = [];

  constructor(name: StageName, title: string, emit: DemoSink) {
    this.name = name;
    this.title = title;
    this.emit = emit;
    emit({ type: "stage.started", name, title });
  }

  /** Tells whether one of the stage's promises held. */
  check(text: string, held: boolean): void {
    this.checks.push({ text, held });
    this.emit({ type: "check", text, held });
  }

  /** Types a command on the deployer, shows what it prints, and gives its exit code. */
  async deployer(sandbox: Sandbox, command: string): Promise<{ exitCode: number; output: string }> {
    this.emit({ type: "command", command });
    const lines = new LineSplitter((text) => {
      if (!BUILD_LOG.test(text)) this.emit({ type: "output", text });
    });
    const ran = await sandbox.deployer.run(command, { onOutput: (text) => lines.take(text) });
    lines.end();
    return ran;
  }

  /**
   * Keeps steady traffic up while something happens, tells its counts, and reports it. Answers that
   * were waited for and did not come are a broken promise.
   */
  async underTraffic(
    sandbox: Sandbox,
    versions: string[],
    happens: (traffic: Traffic) => Promise<void>,
  ): Promise<TrafficReport> {
    const traffic = sandbox.traffic.start({
      perSecond: REQUESTS_PER_SECOND,
      versions,
      lastsMs: TRAFFIC_LASTS_MS,
    });
    const timer = setInterval(() => this.emit({ type: "traffic.progress", ...traffic.soFar() }), PROGRESS_MS);
    let report: TrafficReport;
    try {
      await happens(traffic);
    } catch (error) {
      if (!(error instanceof TrafficEndedError)) throw error;
      this.check(error.message, false);
    } finally {
      clearInterval(timer);
      report = await traffic.stop();
    }
    this.requests = traffic.requests();
    this.report = report;
    this.emit({ type: "traffic.report", report });
    return report;
  }

  end(): StageResult {
    const { name, title, checks } = this;
    const result = { name, title, ms: performance.now() - this.startedAt, checks, traffic: this.report };
    this.emit({ type: "stage.ended", ok: isWell(result), ...result });
    return result;
  }
}
