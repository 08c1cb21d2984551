import type { Ssh } from "../../config/config.ts";
import type { WrittenAddress } from "../address.ts";
import type { SshConfigEntry } from "../ssh-config/entry.ts";
import { lookUp, type SshConfigHost } from "../ssh-config/look-up.ts";
import { agentSocket, filledIn, type Local, localPath } from "./local.ts";
import type { Hop, KeySources } from "./route.ts";

/** What every way is found by. */
export interface Basis {
  /** The configuration's word, which comes first. */
  ssh: Ssh;
  /** The user's ssh_config. */
  files: readonly SshConfigEntry[];
  local: Local;
}

/** A hop, with what ssh_config says of it. */
export interface FoundHop {
  hop: Hop;
  own: SshConfigHost;
}

const DEFAULT_USER = "root";
const DEFAULT_PORT = 22;

/** The host that is meant. */
export function targetHop(name: string, written: WrittenAddress, basis: Basis): FoundHop {
  const { ssh } = basis;
  const own = said(written, ssh.user, basis);
  const files = ssh.keys.length > 0 ? ssh.keys : own.identityFiles;
  const keys = keySources(files, ssh.keysOnly || own.identitiesOnly, own, basis);
  return { hop: { ...place(name, written, ssh, DEFAULT_USER, own, basis), keys }, own };
}

/**
 * A host on the way there. Keys that the configuration names are tried after its own.
 *
 * @param usualUser who logs in where nothing says it
 */
export function jumpHop(written: WrittenAddress, usualUser: string, basis: Basis): FoundHop {
  const own = said(written, null, basis);
  const keys = keySources([...own.identityFiles, ...basis.ssh.keys], own.identitiesOnly, own, basis);
  const unset = { user: null, port: null };
  return { hop: { ...place(nameOf(written), written, unset, usualUser, own, basis), keys }, own };
}

/** The user of a jump host that the configuration names without one. */
export const usualJumpUser = DEFAULT_USER;

function said(written: WrittenAddress, user: string | null, { files, local }: Basis): SshConfigHost {
  return lookUp(files, written.host, { localUser: local.user, user: written.user ?? user });
}

function place(
  name: string,
  written: WrittenAddress,
  configured: Pick<Ssh, "user" | "port">,
  usualUser: string,
  own: SshConfigHost,
  { local }: Basis,
): Omit<Hop, "keys"> {
  const tokens = { h: written.host, n: written.host };
  return {
    name,
    address: {
      host: own.hostName === null ? written.host : filledIn(own.hostName, tokens),
      port: written.port ?? configured.port ?? own.port ?? DEFAULT_PORT,
      user: written.user ?? configured.user ?? own.user ?? usualUser,
    },
    knownHostsFiles: own.userKnownHostsFiles.map((file) => localPath(file, local)),
    unused: own.unused,
  };
}

function keySources(files: string[], only: boolean, own: SshConfigHost, { local }: Basis): KeySources {
  return {
    files: files.map((file) => localPath(file, local)),
    only,
    agentSocket: agentSocket(own.identityAgent, local),
  };
}

function nameOf({ user, host, port }: WrittenAddress): string {
  const at = port === null ? host : `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return user === null ? at : `${user}@${at}`;
}
