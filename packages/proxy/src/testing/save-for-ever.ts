import { StateStore } from "../state/store.ts";
import { notServing } from "../switch/serving.ts";

/*
 * A process for a test to kill: it saves one state after another, counting in `switches`, and prints
 * the number of each once it is kept.
 */

const store = new StateStore(process.argv[2] ?? "");
const { state } = await store.load();
let count = state.services[0]?.serving.switches ?? 0;
for (;;) {
  count += 1;
  const serving = { ...notServing("app"), switches: count };
  await store.save({ services: [{ serving, receipts: [] }], fences: {}, answers: [] });
  process.stdout.write(`${count}\n`);
}
