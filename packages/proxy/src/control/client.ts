import { connect } from "node:net";
import { LineReader } from "./lines.ts";
import {
  type ProxyEvent,
  protocolVersions,
  type Response,
  type Verb,
  type Verbs,
  type Watched,
} from "./protocol.ts";
import { ControlRefusal } from "./refusal.ts";

/** The longest line that the proxy sends, in bytes. */
const longestAnswer = 16_777_216;
const hello = JSON.stringify({
  id: "hello",
  verb: "hello",
  params: { versions: protocolVersions, client: "cutover-proxy" },
});

/**
 * Asks the proxy for one thing over a connection of its own.
 *
 * @param id for the request; the same one again carries nothing out twice
 * @throws ControlRefusal when the proxy refuses
 */
export function ask<V extends Verb>(
  path: string,
  id: string,
  verb: V,
  params: Verbs[V]["params"],
): Promise<Verbs[V]["result"]> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const take = (line: string) => {
      const response = JSON.parse(line) as Response;
      if (response.id === "hello" && response.ok) return;
      socket.destroy();
      if (response.ok) return resolve(response.result as Verbs[V]["result"]);
      const { code, message, field } = response.error;
      reject(new ControlRefusal(code, message, field));
    };
    const reader = new LineReader(longestAnswer, take, () => socket.destroy(new Error("too long an answer")));
    socket.on("error", reject);
    socket.on("data", (chunk) => reader.push(chunk));
    socket.on("close", () => reject(new Error("the proxy closed the connection without an answer")));
    socket.write(`${hello}\n${JSON.stringify({ id, verb, params })}\n`);
  });
}

/**
 * Watches the proxy until it ends, or until the signal says so.
 *
 * @throws the socket's error, when no proxy is running
 */
export function watch(
  path: string,
  onEvent: (event: ProxyEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, signal });
    const take = (line: string) => {
      const { event } = JSON.parse(line) as Partial<Watched>;
      if (event !== undefined) onEvent(event);
    };
    const reader = new LineReader(longestAnswer, take, () => socket.destroy(new Error("too long an event")));
    socket.on("error", (error) => (signal.aborted ? resolve() : reject(error)));
    socket.on("data", (chunk) => reader.push(chunk));
    socket.on("close", () => resolve());
    socket.write(`${hello}\n${JSON.stringify({ id: "watch", verb: "watch", params: {} })}\n`);
  });
}
