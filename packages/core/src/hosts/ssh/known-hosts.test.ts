import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { fingerprint, judgeKey, keyAlgorithm, parseKnownHosts } from "./known-hosts.ts";

const KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIJ2IepyZKcQ37Wkr+H3TdUbpQMx0qrGRN3gFT69+7DPn";
const OTHER = "AAAAC3NzaC1lZDI1NTE5AAAAIM2DBw3lxR9TeQIxicQ++3012zJNbDKsuAdtwNFo6oln";
const key = Buffer.from(KEY, "base64");

function verdict(text: string, host = "web1", port = 22): string {
  return judgeKey(parseKnownHosts(text, "known_hosts"), host, port, key).kind;
}

test("a key on record for the host is the same", () => {
  expect(verdict(`web1 ssh-ed25519 ${KEY}`)).toBe("same");
});

test("a host that is on no line is unknown", () => {
  expect(verdict(`web2 ssh-ed25519 ${KEY}`)).toBe("unknown");
});

test("another key on record makes it changed, and names file and line", () => {
  const entries = parseKnownHosts(`# a comment\nweb1 ssh-ed25519 ${OTHER}`, "known_hosts");
  expect(judgeKey(entries, "web1", 22, key)).toMatchObject({
    kind: "changed",
    recorded: { file: "known_hosts", line: 2 },
  });
});

test("a key of another algorithm than the recorded one is changed, not unknown", () => {
  expect(verdict("web1 ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY=")).toBe("changed");
});

test("one of several recorded keys is enough", () => {
  expect(verdict(`web1 ssh-ed25519 ${OTHER}\nweb1 ssh-ed25519 ${KEY}`)).toBe("same");
});

test("a port other than 22 has entries of its own", () => {
  expect(verdict(`[web1]:2222 ssh-ed25519 ${KEY}`, "web1", 2222)).toBe("same");
  expect(verdict(`web1 ssh-ed25519 ${KEY}`, "web1", 2222)).toBe("unknown");
});

test("hashed names are found", () => {
  const salt = Buffer.from("0123456789abcdef0123");
  const hash = createHmac("sha1", salt).update("web1").digest("base64");
  expect(verdict(`|1|${salt.toString("base64")}|${hash} ssh-ed25519 ${KEY}`)).toBe("same");
});

test("wildcards match, and a negated pattern takes its host out", () => {
  expect(verdict(`*.example.com ssh-ed25519 ${KEY}`, "web1.example.com")).toBe("same");
  expect(verdict(`*.example.com,!web1.example.com ssh-ed25519 ${KEY}`, "web1.example.com")).toBe("unknown");
});

test("a revoked key is refused even where another line has it", () => {
  expect(verdict(`web1 ssh-ed25519 ${KEY}\n@revoked * ssh-ed25519 ${KEY}`)).toBe("changed");
});

test("a certificate authority's line is no host key", () => {
  expect(verdict(`@cert-authority web1 ssh-ed25519 ${KEY}`)).toBe("unknown");
});

test("host names are compared without regard to case", () => {
  expect(verdict(`WEB1 ssh-ed25519 ${KEY}`, "Web1")).toBe("same");
});

test("a key names its algorithm and has ssh-keygen's fingerprint", () => {
  expect(keyAlgorithm(key)).toBe("ssh-ed25519");
  expect(fingerprint(key)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
});
