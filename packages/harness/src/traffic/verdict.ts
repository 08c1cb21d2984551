import { createHash } from "node:crypto";
import type { BrokenExchange, WholeAnswer } from "./exchange.ts";
import type { TrafficRequest } from "./mix.ts";

/** What a whole answer is worth: the version that gave it, or why it is a failure all the same. */
export type Verdict =
  | { version: string; failure: null }
  | { version: string | null; failure: BrokenExchange };

/**
 * Judges a whole answer by the app's own marks: `x-app-version` and `x-body-sha256`.
 *
 * @param versions the versions that may answer; any when null.
 */
export function judge(
  request: TrafficRequest,
  answer: WholeAnswer,
  versions: readonly string[] | null,
): Verdict {
  const version = header(answer, "x-app-version");
  const refused = (failure: BrokenExchange): Verdict => ({ version, failure });
  if (answer.status !== 200) {
    const maker =
      version === null
        ? `made by ${header(answer, "server") ?? "something in front of the app"}`
        : "made by the app";
    return refused({ kind: "status", detail: `status ${answer.status}, ${maker}` });
  }
  const promised = header(answer, "x-body-sha256");
  if (version === null || promised === null)
    return refused({ kind: "not-the-app", detail: "the answer carries no version and no checksum" });
  if (sha256(answer.body) !== promised)
    return refused({
      kind: "checksum",
      detail: `${answer.body.length} bytes came, not those that were sent`,
    });
  if (request.body !== null && !request.body.equals(answer.body))
    return refused({ kind: "checksum", detail: "the app received other bytes than were sent to it" });
  if (versions !== null && !versions.includes(version))
    return refused({ kind: "version", detail: `version ${version} answered, not ${versions.join(" or ")}` });
  return { version, failure: null };
}

function header(answer: WholeAnswer, name: string): string | null {
  const value = answer.headers[name];
  return typeof value === "string" ? value : null;
}

function sha256(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}
