import type { Clock } from "../../clock.ts";

/** How long an app may take to say whether it knows a host. Milliseconds. */
const askMs = 5_000;
/** A no is kept this long, so that strangers' names don't become load on the app. */
const refusedMs = 300_000;
/** Names remembered as refused, and questions under way: what a flood of names can cost. */
const mostRefused = 10_000;
const mostQuestions = 16;

/** Asks apps whether a certificate is to be got for a host that nobody listed. */
export class OnDemand {
  readonly #clock: Clock;
  readonly #refusedUntil = new Map<string, number>();
  readonly #questions = new Map<string, Promise<boolean>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Whether the app at `url` answers 200 to `?host=`. Everything else is a no.
   *
   * @param host a name in lower case, as it came from a client
   */
  async allows(url: string, host: string): Promise<boolean> {
    const until = this.#refusedUntil.get(host);
    if (until !== undefined && until > this.#clock.elapsed()) return false;
    const asked = this.#questions.get(host);
    if (asked !== undefined) return asked;
    if (this.#questions.size >= mostQuestions) return false;
    const question = this.#ask(url, host).finally(() => this.#questions.delete(host));
    this.#questions.set(host, question);
    return question;
  }

  async #ask(url: string, host: string): Promise<boolean> {
    const allowed = await answers200(url, host);
    this.#refusedUntil.delete(host);
    if (!allowed) {
      if (this.#refusedUntil.size >= mostRefused) this.#refusedUntil.clear();
      this.#refusedUntil.set(host, this.#clock.elapsed() + refusedMs);
    }
    return allowed;
  }
}

async function answers200(url: string, host: string): Promise<boolean> {
  const question = new URL(url);
  question.searchParams.set("host", host);
  try {
    const answer = await fetch(question, { redirect: "manual", signal: AbortSignal.timeout(askMs) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    // An app that can't be asked has not said yes.
    return false;
  }
}
