import type { App } from "./app.ts";
import type { CountAllowed } from "./judge.ts";

/** Holds what the apps counted against what the clients were told, one line for each difference. */
export async function violationsOfCounts(
  allowed: ReadonlyMap<string, CountAllowed>,
  apps: readonly Pick<App, "name" | "counted">[],
): Promise<string[]> {
  const counted = new Map<string, string[]>();
  for (const app of apps) {
    for (const id of await app.counted()) counted.set(id, [...(counted.get(id) ?? []), app.name]);
  }
  const violations: string[] = [];
  for (const [id, { atLeast, atMost, app }] of allowed) {
    const by = counted.get(id) ?? [];
    counted.delete(id);
    const where = by.join(", ") || "nowhere";
    if (by.length > atMost) violations.push(`doubled: POST ${id} was carried out at ${where}`);
    else if (by.length < atLeast) violations.push(`lost: POST ${id} was answered and carried out ${where}`);
    else if (app !== null && by[0] !== app)
      violations.push(`POST ${id} was answered by ${app}, made at ${where}`);
  }
  for (const id of counted.keys()) violations.push(`POST ${id} was carried out and never sent`);
  return violations;
}
