import { createHash } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CertificatePair, leafOf, pairFault } from "../pair.ts";
import type { ClaimOwner } from "./claim-owner.ts";
import { writePrivate } from "./private-file.ts";

/** An order takes seconds; a claim this old was left by a proxy that died. Milliseconds. */
const claimMs = 300_000;
const chainBegin = "-----BEGIN CERTIFICATE-----";

/**
 * The folder in which certificates and account keys are kept, each file for its owner only.
 * Several proxies may share one: what one of them got is found by the others.
 */
export class CertificateFiles {
  readonly #folder: string;
  readonly #owner: ClaimOwner;
  /** Claims that were not given back. */
  readonly #claimed = new Set<string>();

  constructor(folder: string, owner: ClaimOwner) {
    this.#folder = folder;
    this.#owner = owner;
  }

  /** What is kept for a host; null when there is nothing, or nothing that can be used. */
  async read(host: string): Promise<CertificatePair | null> {
    const text = await readIfThere(this.#certificate(host));
    const at = text?.indexOf(chainBegin) ?? -1;
    if (text === null || at < 0) return null;
    const pair = { privateKey: text.slice(0, at), certificate: text.slice(at) };
    return pairFault(pair) === null ? pair : null;
  }

  /** Key and chain go into one file, so that they can never be of different certificates. */
  async write(host: string, { privateKey, certificate }: CertificatePair): Promise<void> {
    await writePrivate(this.#certificate(host), `${privateKey.trim()}\n${certificate.trim()}\n`);
  }

  /** The key of the account at one ACME server, made by `make` when there is none. */
  async accountKey(directoryUrl: string, make: () => Promise<string>): Promise<string> {
    const server = createHash("sha256").update(directoryUrl).digest("hex").slice(0, 16);
    const path = join(this.#folder, "accounts", `${server}.pem`);
    const kept = await readIfThere(path);
    if (kept !== null) return kept;
    const key = await make();
    await writePrivate(path, key);
    return key;
  }

  /**
   * Claims the right to order for a host among those that share the folder.
   *
   * @param now wall time in milliseconds
   * @returns what gives it back; null when another has it
   */
  async claim(host: string, now: number): Promise<(() => Promise<void>) | null> {
    const path = join(this.#folder, "certificates", `${host}.ordering`);
    if (this.#claimed.has(path)) return null;
    await mkdir(join(this.#folder, "certificates"), { recursive: true, mode: 0o700 });
    const { proxy, pid } = this.#owner;
    try {
      await writeFile(path, `${pid} ${proxy}`, { flag: "wx", mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      // To be claimed anew: whoever finds it void with us is as much in the right.
      if (await this.#isVoid(path, now)) await rm(path, { force: true });
      return null;
    }
    this.#claimed.add(path);
    return () => {
      this.#claimed.delete(path);
      return rm(path, { force: true });
    };
  }

  /** Whether nobody acts on a claim any more: it is old, or a former process of this same proxy died with it. */
  async #isVoid(path: string, now: number): Promise<boolean> {
    const claimed = await stat(path).catch(nullIfGone);
    // Its holder has just let go.
    if (claimed === null) return false;
    if (now - claimed.mtimeMs > claimMs) return true;
    const [, pid, proxy] = /^(\d+) (.*)$/s.exec((await readIfThere(path)) ?? "") ?? [];
    const { pid: own, isAlive } = this.#owner;
    // In a container that was started again processes have the numbers that they had.
    return proxy === this.#owner.proxy && (Number(pid) === own || !isAlive(Number(pid)));
  }

  #certificate(host: string): string {
    return join(this.#folder, "certificates", `${host}.pem`);
  }
}

/** From when to when a chain's first certificate is valid, in milliseconds since the epoch. */
export function validityOf(certificate: string): { from: number; to: number } | null {
  const leaf = leafOf(certificate);
  return leaf === null ? null : { from: Date.parse(leaf.validFrom), to: Date.parse(leaf.validTo) };
}

function readIfThere(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(nullIfGone);
}

function nullIfGone(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
