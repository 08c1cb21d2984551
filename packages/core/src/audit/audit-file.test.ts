import { expect, test } from "vitest";
import { addToAudit, readAudit } from "./audit-file.ts";
import { anAuditEntry } from "./entry.fixture.ts";

/** A host's files in memory; they stand for SFTP, which the sandbox has. */
function aStore(text = "") {
  const store = {
    text,
    async append(_path: string, data: string) {
      store.text += data;
      return Buffer.byteLength(store.text);
    },
    async read() {
      return store.text === "" ? null : Buffer.from(store.text);
    },
    async replace(_path: string, data: string | Buffer) {
      store.text = data.toString();
    },
  };
  return store;
}

test("entries are read in the order in which they were added", async () => {
  const store = aStore();
  await addToAudit(store, "a", anAuditEntry({ at: 1 }), "t");
  await addToAudit(store, "a", anAuditEntry({ at: 2 }), "t");
  expect((await readAudit(store, "a")).map(({ at }) => at)).toEqual([1, 2]);
});

test("a host that has no audit yet has no entries", async () => {
  expect(await readAudit(aStore(), "a")).toEqual([]);
});

test("an audit that has grown too large keeps its newest half, in whole lines", async () => {
  const line = `${JSON.stringify(anAuditEntry({ at: 1, message: "x".repeat(1000) }))}\n`;
  const store = aStore(line.repeat(1000));
  await addToAudit(store, "a", anAuditEntry({ at: 2 }), "t");
  const entries = await readAudit(store, "a");
  expect(store.text.length).toBeLessThan(600_000);
  expect(entries.length).toBeGreaterThan(300);
  expect(entries.at(-1)?.at).toBe(2);
  expect(store.text.startsWith("{")).toBe(true);
});

test("a line that was cut off or is of a later version is passed over", async () => {
  const later = JSON.stringify({ ...anAuditEntry(), schemaVersion: 2 });
  const store = aStore(`{"schemaVersion":1,"at\n${later}\n${JSON.stringify(anAuditEntry({ at: 3 }))}\n`);
  expect((await readAudit(store, "a")).map(({ at }) => at)).toEqual([3]);
});
