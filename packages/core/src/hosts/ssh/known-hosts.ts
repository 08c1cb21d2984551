import { createHash, createHmac } from "node:crypto";
import { matchesPatterns } from "./patterns.ts";

/** A line of a known_hosts file that names a host key. */
export interface KnownHost {
  /** The pattern list as written: `web1,10.0.0.1`, `[web1]:2222`, `|1|salt|hash`. */
  patterns: string;
  marker: "none" | "revoked" | "authority";
  /** `ssh-ed25519`, … */
  algorithm: string;
  /** The key's bytes in base64. */
  key: string;
  file: string;
  /** From 1. */
  line: number;
}

/** What known_hosts says of a key that a host showed. */
export type KeyVerdict =
  | { kind: "same" }
  | { kind: "unknown" }
  /** Another key of that host is on record, or this one was revoked. */
  | { kind: "changed"; recorded: KnownHost };

/** Reads a known_hosts file. Lines that are no entries are passed over, as ssh does. */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split("\n").flatMap((line, index) => {
    const fields = line.trim().split(/\s+/);
    const first = fields[0] ?? "";
    if (first === "" || first.startsWith("#")) return [];
    const marker = first === "@revoked" ? "revoked" : first === "@cert-authority" ? "authority" : "none";
    const [patterns, algorithm, key] = marker === "none" ? fields : fields.slice(1);
    if (patterns === undefined || algorithm === undefined || key === undefined) return [];
    return [{ patterns, marker, algorithm, key, file, line: index + 1 }];
  });
}

/** How known_hosts calls a host: the bare name on port 22, else `[name]:port`. */
export function knownHostsName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

/** The entries for a host, in the order of the files. */
export function entriesFor(entries: readonly KnownHost[], host: string, port: number): KnownHost[] {
  const name = knownHostsName(host, port);
  return entries.filter((entry) => entry.marker !== "authority" && matches(entry.patterns, name));
}

/**
 * Judges the key a host showed. A key of an algorithm that is not on record counts as changed when
 * another one is: nobody who can choose the algorithm may get round the record.
 *
 * @param key the key's bytes as the protocol carries them
 */
export function judgeKey(entries: readonly KnownHost[], host: string, port: number, key: Buffer): KeyVerdict {
  const text = key.toString("base64");
  const own = entriesFor(entries, host, port);
  const revoked = own.find((entry) => entry.marker === "revoked" && entry.key === text);
  if (revoked !== undefined) return { kind: "changed", recorded: revoked };
  if (own.some((entry) => entry.marker === "none" && entry.key === text)) return { kind: "same" };
  const recorded = own.find((entry) => entry.marker === "none");
  return recorded === undefined ? { kind: "unknown" } : { kind: "changed", recorded };
}

/** The algorithm that a key's bytes name. */
export function keyAlgorithm(key: Buffer): string {
  const length = key.readUInt32BE(0);
  return key.subarray(4, 4 + length).toString("latin1");
}

/** As `ssh-keygen -l` prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function matches(patterns: string, name: string): boolean {
  return patterns.startsWith("|1|")
    ? matchesHashed(patterns, name)
    : matchesPatterns(patterns.split(","), name);
}

function matchesHashed(patterns: string, name: string): boolean {
  const [, , salt, hash] = patterns.split("|");
  if (salt === undefined || hash === undefined) return false;
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}
