import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import type { Asked } from "./simulated-docker.ts";
import type { SimulatedHost } from "./simulated-fleet.ts";

/**
 * The proxy's side of its control protocol.
 *
 * @param framed what is put around its answers on their way
 */
export function converse(
  stream: Duplex,
  { services }: SimulatedHost,
  asked: Asked,
  framed: (text: string) => string | Buffer = (text) => text,
): void {
  stream.on("error", () => undefined);
  createInterface(stream).on("line", (line) => {
    const { id, verb } = JSON.parse(line) as { id: string; verb: string };
    asked.proxy.push(verb);
    const result = verb === "hello" ? { version: 1, proxy: "0.1.0", abilities: [] } : { services };
    stream.write(framed(`${JSON.stringify({ id, ok: true, result })}\n`));
  });
}
