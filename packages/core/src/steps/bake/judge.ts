import { durationBounds } from "@cutover/proxy/protocol";

/** What a proxy counted of a release. */
export interface Sample {
  requests: number;
  /** Answers of 500 to 599, and requests that the app refused, reset, broke off or let time out. */
  errors: number;
  /** How long answers took: counts under each of the protocol's bounds, and above the last; null: not counted. */
  durations: readonly number[] | null;
}

/** As many errors as can hardly be chance. */
const LEAST_ERRORS = 5;
/** A release regresses when it fails twice as often as the one before … */
const ERROR_FACTOR = 2;
/** … and on one request in a hundred more. */
const ERROR_SHARE = 0.01;
/** As many answers as make a percentile worth something. */
const LEAST_ANSWERS = 100;
/** The share of answers that have to be as quick. */
const QUANTILE = 0.9;
/** A release regresses when those take twice as long as with the one before … */
const DURATION_FACTOR = 2;
/** … and this much longer, in milliseconds: below it nobody would notice. */
const DURATION_MORE_MS = 50;

/** Whether a release fails more often than the one before; a sentence, or null where it does not. */
export function moreErrors(before: Sample, after: Sample): string | null {
  const [was, is] = [share(before), share(after)];
  const regressed = after.errors >= LEAST_ERRORS && is >= was * ERROR_FACTOR && is >= was + ERROR_SHARE;
  if (!regressed) return null;
  return `${percent(is)} of its requests failed (${after.errors} of ${after.requests}), ${percent(was)} before`;
}

/** Whether a release is slower than the one before; a sentence, or null where it is not or nobody can tell. */
export function slower(before: Sample, after: Sample): string | null {
  const [was, is] = [p90(before), p90(after)];
  if (was === null || is === null) return null;
  if (is < was * DURATION_FACTOR || is < was + DURATION_MORE_MS) return null;
  return `nine of ten requests took up to ${milliseconds(is)}, ${milliseconds(was)} before`;
}

/** `214 requests, 0.0 % failed, 90 % within 12 ms`. */
export function inWords(sample: Sample): string {
  const quick = p90(sample);
  const took = quick === null ? "" : `, 90 % within ${milliseconds(quick)}`;
  return `${sample.requests} requests, ${percent(share(sample))} failed${took}`;
}

function share({ errors, requests }: Sample): number {
  return requests === 0 ? 0 : errors / requests;
}

/** Within how many milliseconds nine of ten answers came; null where there are too few to tell. */
function p90({ durations }: Sample): number | null {
  const total = (durations ?? []).reduce((sum, count) => sum + count, 0);
  if (durations === null || total < LEAST_ANSWERS) return null;
  let left = total * QUANTILE;
  for (const [index, count] of durations.entries()) {
    const low = durationBounds[index - 1] ?? 0;
    const high = durationBounds[index] ?? low * 2;
    // Within a bucket they are taken to be spread evenly.
    if (left <= count) return low + ((high - low) * left) / count;
    left -= count;
  }
  return null;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}
