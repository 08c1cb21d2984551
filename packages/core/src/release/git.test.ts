import { expect, test } from "vitest";
import { changesOf } from "./git.ts";

test("what git says of a working tree is read: changed, untracked, added, and renamed with where it was", () => {
  const status = " M server.js\0?? docker/\0A  Dockerfile\0R  new name\0old name\0 D gone\0";
  expect(changesOf(status)).toEqual({
    uncommitted: ["server.js", "docker/", "Dockerfile", "new name", "old name", "gone"],
    notInCommit: ["docker/", "Dockerfile", "new name"],
  });
});
