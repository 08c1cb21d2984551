import type { Response } from "./protocol.ts";

/** How many request ids are remembered. */
const remembered = 1024;

/**
 * Carries a change out once for each request id: whoever asks again, also while it is under way,
 * gets the same answer. What was refused changed nothing, so it may be asked anew.
 */
export class Once {
  readonly #answers = new Map<string, Promise<Response>>();

  run(id: string, change: () => Promise<Response>): Promise<Response> {
    const known = this.#answers.get(id);
    if (known !== undefined) return known;
    const answer = change().then((response) => {
      if (!response.ok) this.#answers.delete(id);
      return response;
    });
    this.#answers.set(id, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= remembered) break;
      this.#answers.delete(oldest);
    }
    return answer;
  }
}
