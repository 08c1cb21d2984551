import { request } from "node:http";
import { ProxyDied } from "../lib/logging-process.ts";
import type { ProxyProcess } from "../lib/proxy-process.ts";
import type { Services } from "./kept.ts";
import type { Releases } from "./releases.ts";

/** What is wrong with where requests go, one line each: every service is asked, and what was never there. */
export async function problemsOfRoutes(
  proxy: ProxyProcess,
  services: Services,
  releases: Releases,
): Promise<string[]> {
  const problems: string[] = [];
  const expect = async (host: string, expected: string) => {
    const got = await answerOf(proxy.httpPort, host);
    if (got !== expected) problems.push(`a request for ${host} got ${got}, not ${expected}`);
  };
  await expect("nowhere.example", "404");
  for (const [name, { active, traffic }] of Object.entries(services)) {
    // What is paused is held, so no answer would come.
    if (traffic === "paused" || active === null) continue;
    await expect(`${name}.example`, traffic === "stopped" ? "503" : releases.answerOf(active));
  }
  return problems;
}

/** What a release answered, or else the proxy's own status. */
function answerOf(port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, host: "127.0.0.1", path: "/", headers: { host }, agent: false },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text) => {
          body += text;
        });
        response.on("end", () => resolve(response.statusCode === 200 ? body : `${response.statusCode}`));
      },
    );
    asked.on("error", (error) => reject(new ProxyDied(error.message)));
    asked.end();
  });
}
