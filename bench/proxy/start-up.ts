import { get } from "node:http";
import { median } from "../lib/median.ts";
import type { Row } from "../lib/row.ts";
import { type CutoverUnderTest, originTarget } from "./cutover.ts";
import { accepting, stop } from "./processes.ts";
import { boundRow } from "./rows.ts";

const listen = { http: 4604, https: 4614 };
const state = "start-up";

/** From the start of the process to the first answer of an app behind it, for a proxy that has served before. */
export async function startUpRows(cutover: CutoverUnderTest, rounds: number): Promise<Row[]> {
  const first = cutover.start(listen, state);
  await accepting(cutover.socketOf(state));
  await cutover.deploy("app", "r1", originTarget, { hosts: [] }, state);
  await stop(first);
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    const child = cutover.start(listen, state);
    while (!(await serves())) await new Promise((resolve) => setTimeout(resolve, 2));
    seconds.push((performance.now() - startedAt) / 1_000);
    await stop(child);
  }
  return [boundRow("start to serving", "time", "s", median(seconds), 0.25, "most")];
}

function serves(): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get({ host: "127.0.0.1", port: listen.http, path: "/1k", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on("error", () => resolve(false));
  });
}
