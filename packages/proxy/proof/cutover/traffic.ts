import { createHash } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";
import type { Random } from "../lib/random.ts";
import { bodyOfApp } from "./app-body.ts";
import type { Outcome, Sent } from "./judge.ts";

/** Longer than anything may take here: what is not answered by then is lost. */
const limitMs = 60_000;

/** What a client asks for. */
interface Ask {
  path: string;
  /** What the app must answer. */
  expected(app: string): Buffer;
  id: string | null;
  /** Whether the app is to break off, having done it. */
  breaks: boolean;
  body: Buffer | null;
}

/** Clients that ask one thing after another over connections that are kept. */
export class Traffic {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #random: Random;
  readonly #port: number;
  readonly #clients: Promise<void>[] = [];
  #sent: Sent[] = [];
  #posts = 0;
  #ended = false;
  /** Requests that have ended. */
  count = 0;
  #waiting: { until: number; wake: () => void } | null = null;

  /**
   * @param busy clients without a pause between requests
   * @param slow clients with pauses of about the time for which the app keeps an idle connection
   */
  constructor(port: number, random: Random, { busy, slow }: { busy: number; slow: number }) {
    this.#port = port;
    this.#random = random;
    for (let client = 0; client < busy + slow; client += 1) this.#clients.push(this.#run(client >= busy));
  }

  /** What has ended since the last call. */
  take(): Sent[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  /** Settles when so many more requests have ended. */
  more(requests: number): Promise<void> {
    return new Promise((wake) => {
      this.#waiting = { until: this.count + requests, wake };
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#clients);
    this.#agent.destroy();
  }

  async #run(slowly: boolean): Promise<void> {
    while (!this.#ended) {
      const sent = await this.#send(this.#choose());
      this.#sent.push(sent);
      this.count += 1;
      if (this.#waiting !== null && this.count >= this.#waiting.until) this.#waiting.wake();
      // A client whose connection is refused does not try again at once.
      const pauseMs = slowly ? 950 + this.#random.below(100) : sent.outcome.type === "failed" ? 10 : 0;
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  #choose(): Ask {
    const kind = this.#random.below(100);
    if (kind < 30) return this.#post(kind < 3);
    if (kind < 45) {
      const length = this.#random.below(200_000);
      return this.#get(`/body/${length}`, (app) => bodyOfApp(app, length));
    }
    if (kind < 60) return this.#get(`/wait/${this.#random.below(200)}`, (app) => bodyOfApp(app, 20_000));
    return this.#get("/hello", (app) => Buffer.from(app));
  }

  #get(path: string, expected: Ask["expected"]): Ask {
    return { path, expected, id: null, breaks: false, body: null };
  }

  #post(breaks: boolean): Ask {
    this.#posts += 1;
    const id = `p${this.#posts}`;
    const body = Buffer.alloc(this.#random.below(100_000), id);
    const hash = createHash("sha256").update(body).digest("hex");
    const path = `/${breaks ? "drop" : "count"}/${id}`;
    return { path, expected: () => Buffer.from(hash), id, breaks, body };
  }

  #send({ path, expected, id, breaks, body }: Ask): Promise<Sent> {
    const startedAt = performance.now();
    let headAt = Number.POSITIVE_INFINITY;
    return new Promise((resolve) => {
      const end = (outcome: Outcome) =>
        resolve({ id, breaks, startedAt, headAt, endedAt: performance.now(), outcome });
      const fail = (error: NodeJS.ErrnoException) =>
        end({ type: "failed", reason: error.code ?? error.message });
      const asked = request({
        host: "127.0.0.1",
        port: this.#port,
        path,
        method: body === null ? "GET" : "POST",
        agent: this.#agent,
        signal: AbortSignal.timeout(limitMs),
        // Every other body is sent in chunks.
        headers: body !== null && body.length % 2 === 0 ? { "content-length": body.length } : {},
      });
      asked.on("error", fail);
      asked.on("response", (response) => {
        headAt = performance.now();
        response.on("error", fail);
        readAnswer(response, expected, end);
      });
      asked.end(body ?? undefined);
    });
  }
}

function readAnswer(
  response: IncomingMessage,
  expected: Ask["expected"],
  end: (outcome: Outcome) => void,
): void {
  const chunks: Buffer[] = [];
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  response.on("end", () => {
    const app = response.headers["x-app"];
    const whole = typeof app !== "string" || expected(app).equals(Buffer.concat(chunks));
    end({
      type: "answered",
      status: response.statusCode ?? 0,
      app: typeof app === "string" ? app : null,
      whole,
    });
  });
}
