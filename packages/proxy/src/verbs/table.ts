import type { HandledVerb } from "../control/protocol.ts";
import { abandon } from "./abandon.ts";
import { commit } from "./commit.ts";
import { list } from "./list.ts";
import { prepare } from "./prepare.ts";
import { receipt } from "./receipt.ts";
import { remove } from "./remove.ts";
import { replace } from "./replace.ts";
import { revert } from "./revert.ts";
import { split } from "./split.ts";
import { pause, resume, start, stop } from "./traffic.ts";
import type { VerbHandler } from "./verb.ts";

/** Every verb but those of a connection, by its name. A verb of the protocol that is missing here is an error of types. */
const handlers: { readonly [V in HandledVerb]: VerbHandler } = {
  prepare,
  abandon,
  commit,
  revert,
  receipt,
  split,
  pause,
  resume,
  stop,
  start,
  remove,
  replace,
  list,
};

/** The same for a word that a client sent. */
export const verbs: ReadonlyMap<string, VerbHandler> = new Map(Object.entries(handlers));
