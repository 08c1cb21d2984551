import { connect } from "node:net";
import { LineReader } from "./lines.ts";
import { protocolVersions, type Response, type Verb, type Verbs } from "./protocol.ts";
import { ControlRefusal } from "./refusal.ts";

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
    const reader = new LineReader(16_777_216, take, () => socket.destroy(new Error("too long an answer")));
    socket.on("error", reject);
    socket.on("data", (chunk) => reader.push(chunk));
    socket.on("close", () => reject(new Error("the proxy closed the connection without an answer")));
    const hello = {
      id: "hello",
      verb: "hello",
      params: { versions: protocolVersions, client: "cutover-proxy" },
    };
    socket.write(`${JSON.stringify(hello)}\n${JSON.stringify({ id, verb, params })}\n`);
  });
}
