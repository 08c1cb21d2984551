import type { Client } from "ssh2";
import { expect, test } from "vitest";
import { runScript } from "./script.ts";

test.each(["a b", "$(id)", "x;y", "", "'"])("%j is refused as a script's argument", (arg) => {
  expect(() => runScript({} as Client, "true", [arg])).toThrow(RangeError);
});
