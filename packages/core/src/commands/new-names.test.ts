import { expect, test } from "vitest";
import { newNames } from "./carry-out.ts";

test("a container whose name is needed gets sixteen digits behind it, the same for the same one", () => {
  let count = 0;
  const names = newNames({ hex: (bytes) => `${++count}`.padStart(bytes * 2, "0") });
  const first = names("web1", "shop-web-v1");
  expect(first).toMatch(/^shop-web-v1_replaced_[0-9a-f]{16}$/);
  expect(names("web1", "shop-web-v1")).toBe(first);
  expect(names("web2", "shop-web-v1")).not.toBe(first);
});
