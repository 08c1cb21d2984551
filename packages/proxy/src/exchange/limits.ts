import type { OwnAnswer } from "../answer/answer.ts";

/** How long a long connection that is cut may take to come to a border, in milliseconds. */
export const graceMs = 1_000;
/** How long a client may leave its buffered body where it is, neither sending nor reading, in milliseconds. */
export const bufferedIdleMs = 60_000;
/** After how long without a sign of a client with a long connection the system asks whether it is still there. */
export const keepAliveMs = 60_000;
/** For a request that is cut before anything of its answer has come. */
export const cutAnswer: OwnAnswer = { status: 503, retryAfter: 1 };
