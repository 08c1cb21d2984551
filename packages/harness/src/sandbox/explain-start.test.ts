import { describe, expect, test } from "vitest";
import { explainStart } from "./explain-start.ts";

describe("explainStart", () => {
  test.each([
    "Error response from daemon: driver failed programming external connectivity on endpoint x: failed to bind port 127.0.0.1:8080/tcp: Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use",
    "Error response from daemon: Bind for 127.0.0.1:8080 failed: port is already allocated",
  ])("a port that is taken is named, with how to see by whom", (said) => {
    const error = explainStart(said);
    expect(error.code).toBe("PORT_TAKEN");
    expect(error.facts.cause).toContain("8080");
    expect(error.facts.hint).toContain("ss -tlnp");
  });

  test("a full disk is called that", () => {
    expect(explainStart("failed to copy files: write /x: no space left on device").code).toBe("DISK_FULL");
  });

  test("anything else keeps Compose's own last words", () => {
    const error = explainStart("something\nnobody foresaw");
    expect(error.code).toBe("SANDBOX_FAILED");
    expect(error.facts.details).toContain("nobody foresaw");
  });
});
