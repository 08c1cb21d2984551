import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ssh2, { type ParsedKey } from "ssh2";
import { DeployError } from "../../errors/index.ts";

/** Something to prove who we are with. */
export type Identity =
  | { kind: "key"; name: string; key: ParsedKey }
  /** Every key that a running ssh-agent holds. */
  | { kind: "agent"; name: string; socket: string };

/** Where identities may come from. */
export interface IdentityRequest {
  /** Files as written, `~/` for the user's home; empty: the usual ones. */
  files: readonly string[];
  /** Keys given as PEM, with what to call them in messages. */
  data: readonly { name: string; pem: string }[];
  /** Only the files and data named, never the agent's keys. */
  only: boolean;
  /** `SSH_AUTH_SOCK`. */
  agentSocket: string | undefined;
  /** The user's home folder. */
  home: string;
}

const USUAL_FILES = [".ssh/id_ed25519", ".ssh/id_ecdsa", ".ssh/id_rsa"];

/**
 * Finds what to authenticate with, in the order to try: what was named, the agent, the usual files.
 *
 * @throws DeployError CONFIG_INVALID when a key that was named cannot be read or used
 */
export async function findIdentities(request: IdentityRequest): Promise<Identity[]> {
  const agent: Identity[] =
    request.only || !request.agentSocket
      ? []
      : [{ kind: "agent", name: "the ssh-agent", socket: request.agentSocket }];
  const named = [
    ...request.data.map(({ name, pem }) => parse(name, pem)),
    ...(await Promise.all(request.files.map((file) => readNamed(file, request.home)))),
  ].flatMap((key) => usable(key, agent.length > 0));
  if (request.only) return named;
  const usual =
    named.length > 0 ? [] : await Promise.all(USUAL_FILES.map((file) => readUsual(request.home, file)));
  return [...named, ...agent, ...usual.flat()];
}

type Parsed = { name: string; key: ParsedKey | Error };

function parse(name: string, pem: string | Buffer): Parsed {
  const parsed = ssh2.utils.parseKey(pem) as ParsedKey | ParsedKey[] | Error;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  return { name, key: key ?? new Error("it holds no key") };
}

async function readNamed(file: string, home: string): Promise<Parsed> {
  try {
    return parse(file, await readFile(file.startsWith("~/") ? join(home, file.slice(2)) : file));
  } catch (error) {
    throw unusable(file, error);
  }
}

/** A named key must work, unless it has a passphrase and an agent may hold it unlocked. */
function usable({ name, key }: Parsed, agentMayHold: boolean): Identity[] {
  if (!(key instanceof Error) && key.isPrivateKey()) return [{ kind: "key", name, key }];
  if (agentMayHold && key instanceof Error && /encrypted/i.test(key.message)) return [];
  throw unusable(name, key instanceof Error ? key : new Error("it is a public key"));
}

async function readUsual(home: string, file: string): Promise<Identity[]> {
  let pem: Buffer;
  try {
    pem = await readFile(join(home, file));
  } catch {
    // Most people have one of the usual keys; that the others are missing is no failure.
    return [];
  }
  const { key } = parse(file, pem);
  return key instanceof Error ? [] : [{ kind: "key", name: `~/${file}`, key }];
}

function unusable(name: string, error: unknown): DeployError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DeployError(
    "CONFIG_INVALID",
    {
      cause: `the SSH key ${name} cannot be used: ${reason}`,
      hint: /encrypted/i.test(reason)
        ? `ssh-add ${name}`
        : "name a private key of type ed25519, ecdsa or rsa under ssh.keys (security keys and certificates are not supported)",
      state: "unchanged",
    },
    { cause: error },
  );
}
