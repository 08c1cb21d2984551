import type { EventHub } from "../log/hub.ts";
import { verbs } from "../verbs/table.ts";
import type { ProxyContext, VerbHandler } from "../verbs/verb.ts";
import { proxyVersion } from "../version.ts";
import { checkFence } from "./fence.ts";
import { Once } from "./once.ts";
import { readHello, readNothing } from "./params.ts";
import { type HelloResult, protocolVersions, type Response, type Verb } from "./protocol.ts";
import { ControlRefusal } from "./refusal.ts";

/** A line of a client's, as far as it can be trusted. */
interface Incoming {
  id: string;
  verb: string;
  fence?: unknown;
  params: unknown;
}

/** The connection that a line came over. */
export interface ControlClient {
  /** Whether it has said `hello`. */
  greeted: boolean;
  /** Sends it every event from here on, with that request's id. */
  watch(id: string, events: EventHub): void;
}

/** Turns each line that clients send into its answer. One for the whole proxy. */
export class Dispatcher {
  readonly #context: ProxyContext;
  readonly #events: EventHub;
  readonly #once = new Once();

  constructor(context: ProxyContext, events: EventHub) {
    this.#context = context;
    this.#events = events;
  }

  /**
   * @returns the answer; it never rejects
   */
  async answer(line: string, client: ControlClient): Promise<Response> {
    let id = "";
    try {
      const incoming = readIncoming(line);
      id = incoming.id;
      if (incoming.verb === "hello") {
        const result = this.#hello(incoming.params);
        client.greeted = true;
        return { id, ok: true, result };
      }
      if (!client.greeted) throw new ControlRefusal("bad-request", "the first line must be a hello", "verb");
      if (incoming.verb === "watch") {
        readNothing(incoming.params);
        client.watch(id, this.#events);
        return { id, ok: true, result: {} };
      }
      const handler = handlerOf(incoming.verb);
      const { params, fence } = incoming;
      if (handler.changes) return await this.#change(handler, id, params, fence);
      return { id, ok: true, result: await handler.run(params, id, this.#context) } as Response;
    } catch (error) {
      return this.#refuse(id, error);
    }
  }

  #change(handler: VerbHandler, id: string, params: unknown, fence: unknown): Promise<Response> {
    return this.#once.run(id, async () => {
      try {
        const answered = this.#context.registry.answerTo(id);
        if (answered?.verb === handler.verb) return { id, ok: true, result: answered.result } as Response;
        if (this.#context.handedOver) {
          throw new ControlRefusal("wrong-state", "this proxy is being replaced; ask again");
        }
        checkFence(this.#context.registry.fences, (params as { service?: unknown } | null)?.service, fence);
        return { id, ok: true, result: await handler.run(params, id, this.#context) } as Response;
      } catch (error) {
        return this.#refuse(id, error);
      }
    });
  }

  #hello(params: unknown): HelloResult {
    const { versions, client } = readHello(params);
    const version = protocolVersions.find((spoken) => versions.includes(spoken));
    if (version === undefined) {
      const message = `this proxy speaks ${protocolVersions.join(", ")}, the client ${versions.join(", ")}`;
      throw new ControlRefusal("unsupported-version", message, "versions");
    }
    this.#context.log("control.hello", { client, version });
    return { version, proxy: proxyVersion, abilities: ["hello", "watch", ...verbs.keys()] as Verb[] };
  }

  #refuse(id: string, error: unknown): Response {
    if (error instanceof ControlRefusal) {
      this.#context.log("control.refused", { id, ...error.toControlError() });
      return { id, ok: false, error: error.toControlError() };
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#context.log("control.failed", { id, message, stack });
    return { id, ok: false, error: { code: "internal", message } };
  }
}

function readIncoming(line: string): Incoming {
  const value = parse(line);
  const { id, verb } = value;
  if (typeof id !== "string" || id === "" || id.length > 200) {
    throw new ControlRefusal("bad-request", "id must be a text of 1 to 200 characters", "id");
  }
  if (typeof verb !== "string") throw new ControlRefusal("bad-request", "verb must be a text", "verb");
  return { id, verb, fence: value["fence"] ?? undefined, params: value["params"] ?? {} };
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw new ControlRefusal("bad-request", `a line that is no JSON: ${(error as Error).message}`);
  }
  throw new ControlRefusal("bad-request", "a line must be a JSON object");
}

function handlerOf(verb: string): VerbHandler {
  const handler = verbs.get(verb);
  if (handler !== undefined) return handler;
  const message = `${verb} is no verb; known are: hello, watch, ${[...verbs.keys()].join(", ")}`;
  throw new ControlRefusal("unknown-verb", message, "verb");
}
