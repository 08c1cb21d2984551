import { describe, expect, test } from "vitest";
import { explainStart } from "./explain-start.ts";

const nobodyKnows = async () => null;

describe("explainStart", () => {
  test.each([
    "Error response from daemon: driver failed programming external connectivity on endpoint x: failed to bind port 127.0.0.1:8080/tcp: Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use",
    "Error response from daemon: Bind for 127.0.0.1:8080 failed: port is already allocated",
  ])("a port that is taken is named, and so is who holds it", async (said) => {
    const error = await explainStart(said, async (port) => `nginx of port ${port}`);
    expect(error.code).toBe("PORT_TAKEN");
    expect(error.facts.cause).toBe(
      "The load balancer's port 8080 on 127.0.0.1 is taken by nginx of port 8080",
    );
  });

  test("a holder that nobody knows is another program", async () => {
    const said = "Bind for 127.0.0.1:8080 failed: port is already allocated";
    expect((await explainStart(said, nobodyKnows)).facts.cause).toContain("taken by another program");
  });

  test("a full disk is called that", async () => {
    const error = await explainStart("failed to copy files: write /x: no space left on device", nobodyKnows);
    expect(error.code).toBe("DISK_FULL");
  });

  test("anything else keeps Compose's own last words", async () => {
    const error = await explainStart("something\nnobody foresaw", nobodyKnows);
    expect(error.code).toBe("SANDBOX_FAILED");
    expect(error.facts.details).toContain("nobody foresaw");
  });
});
