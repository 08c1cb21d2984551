import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Serving } from "../switch/serving.ts";
import { type SavedState, stateSchema } from "./saved.ts";

/** How much is written out before requests have their turn, in characters: a tenth of a millisecond's work. */
const mostInATurn = 32_768;

/** What a service serves with does not change once it is made, and is most of what there is to write. */
const texts = new WeakMap<Serving, string>();

/**
 * A state as its file holds it: a line with its checksum, and a line of JSON. A proxy of a hundred services would
 * stand still for milliseconds if it wrote all of it in one go, twice for each switch.
 */
export async function encodeState(state: SavedState): Promise<string> {
  const hash = createHash("sha256");
  let text = "";
  let turnBegan = 0;
  for (const piece of piecesOf(state)) {
    hash.update(piece);
    text += piece;
    if (text.length - turnBegan < mostInATurn) continue;
    await nextTurn();
    turnBegan = text.length;
  }
  return `${JSON.stringify({ schema: stateSchema, sha256: hash.digest("hex") })}\n${text}\n`;
}

/** The JSON of a state, in the order in which it is written. */
function* piecesOf({ services, fences, answers }: SavedState): Generator<string> {
  let before = '{"services":[';
  for (const { serving, receipts } of services) {
    yield `${before}{"serving":${textOf(serving)},"receipts":${JSON.stringify(receipts)}}`;
    before = ",";
  }
  if (services.length === 0) yield before;
  yield `],"fences":${JSON.stringify(fences)},"answers":${JSON.stringify(answers)}}`;
}

function textOf(serving: Serving): string {
  const known = texts.get(serving);
  if (known !== undefined) return known;
  const text = JSON.stringify(serving);
  texts.set(serving, text);
  return text;
}
