import type { ServerHostKeyAlgorithm } from "ssh2";
import { DeployError } from "../../errors/index.ts";
import { addressName, type HostAddress } from "../address.ts";
import { entriesFor, fingerprint, judgeKey, type KnownHost, keyAlgorithm } from "./known-hosts.ts";

const EVERY_ALGORITHM: ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

/**
 * The host key algorithms to offer, those on record first: a host has several keys, and shows the
 * one we ask for.
 */
export function preferredAlgorithms(
  entries: readonly KnownHost[],
  address: HostAddress,
): ServerHostKeyAlgorithm[] {
  const recorded = new Set(entriesFor(entries, address.host, address.port).map((entry) => entry.algorithm));
  const onRecord = (algorithm: string) => recorded.has(algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm);
  return [...EVERY_ALGORITHM.filter(onRecord), ...EVERY_ALGORITHM.filter((name) => !onRecord(name))];
}

/**
 * Judges the key a host showed, before anything is proven to it.
 *
 * @param written what `deploy trust` is given for this host
 * @returns null when it is the recorded one, else the refusal
 */
export function hostKeyRefusal(
  entries: readonly KnownHost[],
  address: HostAddress,
  key: Buffer,
  written: string,
): DeployError | null {
  const verdict = judgeKey(entries, address.host, address.port, key);
  if (verdict.kind === "same") return null;
  const name = addressName(address);
  const shown = `it shows ${keyAlgorithm(key)} ${fingerprint(key)}`;
  if (verdict.kind === "unknown")
    return new DeployError("HOST_KEY_UNKNOWN", {
      cause: `the host key of ${name} is not in known_hosts`,
      host: address.host,
      hint: `compare the fingerprint with the host's own, then: deploy trust ${written}`,
      details: [shown],
      state: "unchanged",
    });
  const { recorded } = verdict;
  const why = recorded.marker === "revoked" ? "has been revoked" : "differs from the one on record";
  return new DeployError("HOST_KEY_CHANGED", {
    cause: `the host key of ${name} ${why}: either the host was made anew, or someone stands in between`,
    host: address.host,
    hint: `if the host was made anew: deploy trust ${written}`,
    details: [
      shown,
      `on record is ${recorded.algorithm} ${fingerprint(Buffer.from(recorded.key, "base64"))} (${recorded.file}:${recorded.line})`,
    ],
    state: "unchanged",
  });
}
