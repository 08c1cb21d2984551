import { isDeepStrictEqual } from "node:util";
import type { Accessory, Role } from "../config.ts";
import type { LocalTexts } from "../local-texts.ts";
import type { Path } from "../parse/tree.ts";
import type { ProxyRun } from "../proxy.ts";
import type { DeployFile } from "../schema/deploy-file.ts";
import type { ProxyRunFile } from "../schema/proxy.ts";
import { mergeProxy, resolveProxyRun } from "./proxy.ts";
import type { Report } from "./report.ts";

/** How the proxy is run on each host: one proxy a host, so roles that share a host must agree. */
export function resolveProxyRuns(
  file: DeployFile,
  roles: Role[],
  accessories: Accessory[],
  texts: LocalTexts,
  report: Report,
): Record<string, ProxyRun> {
  const root = resolveProxyRun(file.proxy?.run, ["proxy", "run"], texts, report);
  const runs: Record<string, ProxyRun> = {};
  const wanted = new Map<string, boolean>();
  const use = (hosts: string[], own: ProxyRunFile | undefined, path: Path) => {
    const merged = mergeProxy(file.proxy, own ? { run: own } : undefined).run;
    const run = own ? resolveProxyRun(merged, path, texts, report) : root;
    for (const host of hosts) {
      const former = runs[host];
      // What only takes the root's settings does not contradict one that has its own.
      if (former && own && wanted.get(host) && !isDeepStrictEqual(former, run)) {
        report.problem(path, `another role on ${host} runs the proxy differently, and a host has one proxy`);
      }
      if (!former || own) runs[host] = run;
      wanted.set(host, wanted.get(host) === true || own !== undefined);
    }
  };
  const servers = file.servers;
  for (const role of roles.filter((candidate) => candidate.proxy)) {
    const written = servers && !Array.isArray(servers) ? servers[role.name] : null;
    const proxy = written && !Array.isArray(written) ? written.proxy : undefined;
    use(
      role.hosts.map(({ host }) => host),
      typeof proxy === "object" ? proxy.run : undefined,
      ["servers", role.name, "proxy", "run"],
    );
  }
  for (const accessory of accessories.filter((candidate) => candidate.proxy)) {
    use(accessory.hosts, file.accessories?.[accessory.name]?.proxy?.run, [
      "accessories",
      accessory.name,
      "proxy",
      "run",
    ]);
  }
  return runs;
}
