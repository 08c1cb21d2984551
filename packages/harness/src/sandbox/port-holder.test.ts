import { expect, test } from "vitest";
import { processIn } from "./port-holder.ts";

test("the process that listens is named", () => {
  const line =
    'LISTEN 0 511 127.0.0.1:8080 0.0.0.0:* users:(("nginx",pid=812,fd=6),("nginx",pid=811,fd=6))\n';
  expect(processIn(line)).toEqual({ name: "nginx", pid: 812 });
});

test("another user's process is not known", () => {
  expect(processIn("LISTEN 0 511 127.0.0.1:8080 0.0.0.0:*\n")).toBeNull();
});
