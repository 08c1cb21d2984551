import type { MapNode, Node } from "../parse/tree.ts";
import type { Source } from "../source.ts";
import { valueAt } from "./edit.ts";

/** The names in Traefik's router rules, ``Host(`a.example.com`) || Host(`b.example.com`)``. */
export function routesInLabels(labels: MapNode | undefined): { hosts: string[]; at: Source } | null {
  const hosts: string[] = [];
  let at: Source | null = null;
  for (const [name, { value }] of labels?.entries ?? []) {
    if (!/^traefik\.http\.routers\..+\.rule$/i.test(name) || value.kind !== "scalar") continue;
    for (const [, names = ""] of String(value.value).matchAll(/\bHost\(([^)]*)\)/g)) {
      hosts.push(...[...names.matchAll(/[`"']([^`"']+)[`"']/g)].map(([, host = ""]) => host));
    }
    at ??= value.at;
  }
  return at && hosts.length > 0 ? { hosts: [...new Set(hosts)], at } : null;
}

/** Whether Traefik was told to get certificates by itself. */
export function tracesOfTls(traefik: MapNode | undefined): boolean {
  const args: Node | undefined = valueAt(traefik, "args");
  if (args?.kind !== "map") return false;
  return [...args.entries.keys()].some((key) => /^certificatesresolvers\..*acme/i.test(key));
}
