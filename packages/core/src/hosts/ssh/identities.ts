import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ParsedKey } from "ssh2";
import type { KeySources } from "../route/route.ts";
import { type KeyFile, readKey } from "./key-file.ts";

/** Something to prove who we are with. */
export type Identity =
  | { kind: "key"; name: string; key: ParsedKey }
  /** A running ssh-agent, with the public keys (as the protocol carries them) that it is asked for; null: all it holds. */
  | { kind: "agent"; name: string; socket: string; only: readonly Buffer[] | null };

/** A private key that wants its passphrase. */
export interface LockedKey {
  name: string;
  pem: string | Buffer;
}

/** What there is to prove who we are with. */
export interface Identities {
  /** In the order to try. */
  ready: readonly Identity[];
  /** For when none of those is accepted: each has to be asked for. */
  locked: readonly LockedKey[];
  /** Why others were not tried, a line each. */
  passedOver: readonly string[];
}

/** Where identities may come from. */
export interface IdentityRequest extends KeySources {
  /** Keys given as PEM, with what to call them in messages. */
  data: readonly { name: string; pem: string }[];
  /** The user's home folder. */
  home: string;
}

const USUAL_FILES = [".ssh/id_ed25519", ".ssh/id_ecdsa", ".ssh/id_rsa"];
/** What OpenSSH tries besides, and we cannot use: a key on a token, of either algorithm. */
const TOKEN_FILES = [".ssh/id_ed25519_sk", ".ssh/id_ecdsa_sk"];

/**
 * Finds what to authenticate with, in the order to try: what was named, the agent, the usual files.
 * A file that is not there is passed over, since people name the keys of all their machines.
 */
export async function findIdentities(request: IdentityRequest): Promise<Identities> {
  const { home, agentSocket } = request;
  const named = [
    ...request.data.map(({ name, pem }) => readKey(name, pem)),
    ...(await readFiles(request.files, home)),
  ];
  const usual =
    named.length > 0 || request.only
      ? []
      : await readFiles(
          USUAL_FILES.map((file) => join(home, file)),
          home,
        );
  const keys = [...named, ...usual];
  const agent = agentSocket === null ? [] : [askAgent(agentSocket, named, request.only)].flat();
  return {
    ready: [...named.flatMap(unlocked), ...agent, ...usual.flatMap(unlocked)],
    locked: keys.flatMap((key) => (key.kind === "locked" ? [{ name: key.name, pem: key.pem }] : [])),
    passedOver: [
      ...keys.flatMap((key) => (key.kind === "unusable" ? [`${key.name}: ${key.reason}`] : [])),
      ...keys.flatMap((key) => (key.certificate ? [certificate(key.name)] : [])),
      ...(await present(TOKEN_FILES, home)).map((name) => `${name}: keys on a security token cannot be used`),
    ],
  };
}

/** The agent for the files that were named and that it may hold unlocked, then for all its keys. */
function askAgent(socket: string, named: readonly KeyFile[], only: boolean): Identity[] {
  const name = "the ssh-agent";
  const wanted = named.flatMap((key) => (key.publicKey === null ? [] : [key.publicKey]));
  const chosen: Identity[] = wanted.length === 0 ? [] : [{ kind: "agent", name, socket, only: wanted }];
  return only ? chosen : [...chosen, { kind: "agent", name, socket, only: null }];
}

function unlocked(key: KeyFile): Identity[] {
  return key.kind === "private" ? [{ kind: "key", name: key.name, key: key.key }] : [];
}

function certificate(name: string): string {
  return `${name}-cert.pub: certificates of users cannot be used; the plain key was tried`;
}

async function readFiles(files: readonly string[], home: string): Promise<KeyFile[]> {
  const read = await Promise.all(
    files.map(async (file) => {
      const name = shown(file, home);
      try {
        const text = await readFile(file);
        return readKey(name, text, await textOf(`${file}.pub`), (await textOf(`${file}-cert.pub`)) !== null);
      } catch (error) {
        if (isMissing(error)) return null;
        return readKey(name, error instanceof Error ? error : new Error(String(error)));
      }
    }),
  );
  return read.filter((key) => key !== null);
}

async function textOf(file: string): Promise<string | null> {
  // Whatever keeps it from being read: it only says more about a key that is there.
  return readFile(file, "utf8").catch(() => null);
}

async function present(files: readonly string[], home: string): Promise<string[]> {
  const found = await Promise.all(
    files.map(async (file) => ((await textOf(join(home, file))) === null ? [] : [`~/${file}`])),
  );
  return found.flat();
}

function shown(file: string, home: string): string {
  return file.startsWith(`${home}/`) ? `~/${file.slice(home.length + 1)}` : file;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
