import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writePrivate } from "./private-file.ts";

/** Where an ACME server asks (RFC 8555, 8.3). */
export const challengePath = "/.well-known/acme-challenge/";

/** base64url, as RFC 8555, 8.3 has it; so a token can be a file's name. */
const tokenPattern = /^[A-Za-z0-9_-]{16,256}$/;

/** The HTTP-01 challenges that are open: ours, and those of proxies that share our folder. */
export class HttpChallenges {
  readonly #open = new Map<string, string>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, "challenges");
  }

  async add(token: string, answer: string): Promise<void> {
    this.#open.set(token, answer);
    await writePrivate(join(this.#folder, token), answer);
  }

  async remove(token: string): Promise<void> {
    this.#open.delete(token);
    await rm(join(this.#folder, token), { force: true });
  }

  /**
   * What is to be answered to a request for a path under {@link challengePath}, as plain text.
   *
   * @returns null when nobody knows of that challenge
   */
  answer(path: string): string | null {
    const token = path.slice(challengePath.length);
    if (!tokenPattern.test(token)) return null;
    return this.#open.get(token) ?? this.#kept(token);
  }

  #kept(token: string): string | null {
    try {
      return readFileSync(join(this.#folder, token), "utf8");
    } catch {
      // Not there, or not to be read: then it is not ours to answer.
      return null;
    }
  }
}
