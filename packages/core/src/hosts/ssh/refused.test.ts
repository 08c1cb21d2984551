import { expect, test } from "vitest";
import type { Stage } from "../way.ts";
import type { Identity } from "./identities.ts";
import { refusedEverything } from "./refused.ts";

const stage: Stage = {
  name: "web1",
  address: { host: "web1", port: 2222, user: "ops" },
  knownHosts: [],
  identities: { ready: [], locked: [], passedOver: ["~/.ssh/id_rsa: it holds no key"] },
  unused: ["ssh_config: hostkeyalias web is not used"],
};
const agent: Identity = { kind: "agent", name: "the ssh-agent", socket: "/agent", only: null };

test("a refusal names what was tried, what was not, and how to try by hand", () => {
  const { code, facts } = refusedEverything(stage, [agent, agent], new Error("no more methods"));
  expect(code).toBe("HOST_AUTHENTICATION");
  expect(facts).toMatchObject({
    cause: "ops@web1 accepted none of: the ssh-agent",
    hint: expect.stringContaining("ssh -p 2222 ops@web1"),
    details: ["~/.ssh/id_rsa: it holds no key", "ssh_config: hostkeyalias web is not used"],
  });
});

test("a host that lets us try no more keys is answered by naming the right one", () => {
  const { facts } = refusedEverything(stage, [agent], new Error("Too many authentication failures"));
  expect(facts.hint).toContain("keys_only: true");
});

test("without a key there is nothing that could have been accepted", () => {
  expect(refusedEverything(stage, [], new Error("no more methods")).facts.cause).toBe(
    "there is no SSH key to log in with as ops@web1",
  );
});
