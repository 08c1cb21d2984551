import { ask } from "../../src/control/client.ts";
import type { Verb, Verbs } from "../../src/control/protocol.ts";
import { ControlRefusal } from "../../src/control/refusal.ts";
import { ProxyDied } from "./logging-process.ts";

/**
 * Tells a proxy something.
 *
 * @throws ControlRefusal when it refuses
 * @throws ProxyDied when it can't answer
 */
export async function tell<V extends Verb>(
  socketPath: string,
  verb: V,
  params: Verbs[V]["params"],
  id: string,
): Promise<Verbs[V]["result"]> {
  try {
    return await ask(socketPath, id, verb, params);
  } catch (error) {
    if (error instanceof ControlRefusal) throw error;
    throw new ProxyDied(`${verb}: ${(error as Error).message}`);
  }
}
