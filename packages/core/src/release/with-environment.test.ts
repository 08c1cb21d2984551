import { expect, test } from "vitest";
import { anOlderRecord, aRoleRecord } from "../plan/builders.fixture.ts";
import { withEnvironment } from "./with-environment.ts";

const sealed = { environment: () => ({ TOKEN: "new" }), certificate: () => null };
const made = { release: "r9", createdAt: 9, createdBy: "anna@laptop", toolVersion: "0.2.0" };

test("all of a release is kept but its environment, under an id of its own", () => {
  const old = anOlderRecord();
  const record = withEnvironment(old, sealed, made);
  expect(record).toMatchObject({
    release: "r9",
    version: "v1",
    image: old.image,
    createdAt: 9,
    rollbackOf: { release: "r1", createdAt: old.createdAt },
  });
  expect(record.roles[0]).toMatchObject({
    ...aRoleRecord({ container: "shop-web-v1" }),
    environment: { TOKEN: "new" },
    settings: { Labels: { "cutover.release": "r9" } },
  });
});

test("what brings back a release that brought back another is as old as the first", () => {
  const twice = withEnvironment(withEnvironment(anOlderRecord(), sealed, made), sealed, made);
  expect(twice.rollbackOf?.release).toBe("r1");
});
