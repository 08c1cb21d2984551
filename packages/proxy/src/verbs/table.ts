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

const handlers: readonly VerbHandler[] = [
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
];

/** Every verb but `hello`, by its name. */
export const verbs: ReadonlyMap<string, VerbHandler> = new Map(
  handlers.map((handler) => [handler.verb, handler]),
);
