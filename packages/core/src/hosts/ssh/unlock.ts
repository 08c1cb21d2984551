import { DeployError } from "../../errors/index.ts";
import type { Identity, LockedKey } from "./identities.ts";
import { unlockKey } from "./key-file.ts";

/** Asks a person for something secret, without showing it; null where there is nobody to ask, or they decline. */
export type AskSecret = (question: string) => Promise<string | null>;

/** Opens keys, each at most once however many hosts want it. */
export type Unlock = (keys: readonly LockedKey[]) => Promise<Identity[]>;

/** As many tries as ssh gives. */
const TRIES = 3;

/**
 * Makes what opens locked keys. A passphrase is asked for when the first host needs the key, and
 * kept nowhere; one question stands at a time.
 *
 * @throws DeployError HOST_AUTHENTICATION, from what it returns, when none of the keys could be opened
 */
export function unlocker(ask: AskSecret): Unlock {
  const opened = new Map<string, Promise<Identity | null>>();
  let turn: Promise<unknown> = Promise.resolve();
  const open = (locked: LockedKey) => {
    const mine = turn.then(() => openOne(locked, ask));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return async (keys) => {
    const found = await Promise.all(
      keys.map((key) => {
        const before = opened.get(key.name) ?? open(key);
        opened.set(key.name, before);
        return before;
      }),
    );
    const usable = found.filter((identity) => identity !== null);
    if (usable.length > 0) return usable;
    const names = keys.map(({ name }) => name);
    throw new DeployError("HOST_AUTHENTICATION", {
      cause: `the SSH key ${names.join(" and ")} has a passphrase, and the right one was not given`,
      hint: `ssh-add ${names[0] ?? ""}`.trim(),
      state: "unchanged",
    });
  };
}

async function openOne({ name, pem }: LockedKey, ask: AskSecret): Promise<Identity | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const again = tries === 0 ? "" : "That was not it. ";
    const passphrase = await ask(`${again}Passphrase for the SSH key ${name}: `);
    if (passphrase === null) return null;
    const key = unlockKey(pem, passphrase);
    if (key !== null) return { kind: "key", name, key };
  }
  return null;
}
