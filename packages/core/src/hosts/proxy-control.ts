import type { Duplex } from "node:stream";
import { protocolVersions, type Response, type Verb, type Verbs } from "@cutover/proxy/protocol";
import type { Conversation } from "./proxy-conversation.ts";
import { ProxyRefusal } from "./proxy-refusal.ts";

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A conversation with one host's proxy, which stays open. Answers come in any order. */
export class ProxyControl {
  readonly #stream: Duplex;
  readonly #waiting = new Map<string, Waiting>();
  readonly #onEnd: () => void;
  /** The release of the program that answers: `0.1.0`. */
  release = "";
  #ended: Error | null = null;
  #rest = "";
  #said = "";

  private constructor({ stream, answers, complaints }: Conversation, onEnd: () => void) {
    this.#stream = stream;
    this.#onEnd = onEnd;
    answers.setEncoding("utf8");
    answers.on("data", (text: string) => this.#take(text));
    complaints?.setEncoding("utf8");
    complaints?.on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-500);
    });
    stream.on("error", (error) => this.#end(error));
    stream.on("close", () => this.#end(new Error("the proxy ended the conversation")));
    stream.on("end", () => this.#end(new Error("the proxy ended the conversation")));
  }

  /**
   * Greets the proxy at the other end of a conversation.
   *
   * @param client who we are, for the proxy's log: `cutover 0.1.0`
   * @param onEnd told when it is over, such as when the proxy has ended
   * @throws ProxyRefusal when no protocol version is common to both
   */
  static async over(conversation: Conversation, client: string, onEnd: () => void): Promise<ProxyControl> {
    const control = new ProxyControl(conversation, onEnd);
    const hello = await control.ask("hello", "hello", { versions: [...protocolVersions], client });
    control.release = hello.proxy;
    return control;
  }

  /**
   * Asks for one thing.
   *
   * @param id the same one again carries nothing out twice
   * @param fence the lock's number; leave out where nothing is changed
   * @throws ProxyRefusal when the proxy refuses; an Error when the conversation broke off
   */
  ask<V extends Verb>(
    id: string,
    verb: V,
    params: Verbs[V]["params"],
    fence?: number,
  ): Promise<Verbs[V]["result"]> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as Verbs[V]["result"]), reject });
      const fenced = fence === undefined ? {} : { fence };
      this.#stream.write(`${JSON.stringify({ id, verb, params, ...fenced })}\n`);
    });
  }

  close(): void {
    this.#stream.end();
    this.#stream.destroy();
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#answer(JSON.parse(line) as Response);
  }

  #answer(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (response.ok) waiting?.resolve(response.result);
    else waiting?.reject(new ProxyRefusal(response.error));
  }

  #end(error: Error): void {
    if (this.#ended === null) this.#onEnd();
    this.#ended ??= this.#said === "" ? error : new Error(`${error.message}: ${this.#said.trim()}`);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
