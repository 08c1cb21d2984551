import { expect, test } from "vitest";
import { replicaAfter, wellReplica } from "./replica.ts";

const after = (...probes: boolean[]) => probes.reduce(replicaAfter, wellReplica).taken;

test.each<[boolean[], boolean]>([
  [[], true],
  [[false], true],
  [[false, false], false],
  [[false, true, false], true],
  [[false, false, false], false],
  [[false, false, true], true],
])("after probes of %j it takes requests: %s", (probes, taken) => expect(after(...probes)).toBe(taken));
