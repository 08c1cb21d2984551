import { resolve } from "node:path";

/** Facts of the machine we are on. */
export interface Local {
  /** The user's name. */
  user: string;
  /** The user's home folder. */
  home: string;
  /** The project's folder. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** A path as the configuration and ssh_config write it, made absolute. */
export function localPath(written: string, local: Local): string {
  const path = filledIn(written, { d: local.home, u: local.user });
  return path.startsWith("~/") ? resolve(local.home, path.slice(2)) : resolve(local.cwd, path);
}

/**
 * The agent to ask.
 *
 * @param said ssh_config's `IdentityAgent`; null: nothing
 */
export function agentSocket(said: string | null, local: Local): string | null {
  if (said === "none") return null;
  if (said === null || said === "SSH_AUTH_SOCK") return local.env["SSH_AUTH_SOCK"] || null;
  return said.startsWith("$") ? local.env[said.slice(1)] || null : localPath(said, local);
}

/** Puts values where `%x` stands, as ssh does; one that is not known stays as it is. */
export function filledIn(text: string, tokens: Readonly<Record<string, string>>): string {
  return text.replace(/%(.)/g, (token, name: string) => (name === "%" ? "%" : (tokens[name] ?? token)));
}
