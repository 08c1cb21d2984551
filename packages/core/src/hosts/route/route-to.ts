import { DeployError } from "../../errors/index.ts";
import { parseAddress } from "../address.ts";
import { type Basis, type FoundHop, jumpHop, targetHop, usualJumpUser } from "./hops.ts";
import { filledIn } from "./local.ts";
import type { Route } from "./route.ts";

/** A jump host can have jump hosts of its own, by ssh_config; more than this is a circle. */
const DEEPEST = 8;

/**
 * The way to a host, by the configuration first and by the user's ssh_config where that says nothing.
 *
 * @param written as the configuration has it: `web1`, `deploy@web1:2222`
 * @throws DeployError CONFIG_INVALID for jump hosts that lead in a circle, or a name that no command may be given
 */
export function routeTo(written: string, basis: Basis): Route {
  const address = parseAddress(written);
  const target = targetHop(written, address, basis);
  const { proxyCommand, proxyJump } = basis.ssh;
  if (proxyCommand !== null) return throughCommand(target, address.host, proxyCommand, basis);
  if (proxyJump.length === 0) return asItsOwnFilesSay(target, address.host, basis, DEEPEST);
  const jumps = proxyJump.map((jump) => jumpHop(jump, usualJumpUser, basis));
  return through(upTo(target, jumps), target, basis, DEEPEST);
}

/** A jump host is itself reached through those before it only. */
function upTo({ hop }: FoundHop, jumps: readonly FoundHop[]): readonly FoundHop[] {
  const { host, port } = hop.address;
  const self = jumps.findIndex((jump) => jump.hop.address.host === host && jump.hop.address.port === port);
  return self === -1 ? jumps : jumps.slice(0, self);
}

/** The way to a hop through what ssh_config names for it, if anything. */
function asItsOwnFilesSay(target: FoundHop, written: string, basis: Basis, depth: number): Route {
  const { proxyCommand, proxyJump } = target.own;
  if (proxyCommand !== null && proxyCommand !== "none")
    return throughCommand(target, written, proxyCommand, basis);
  if (proxyJump === null || proxyJump === "none") return { hops: [target.hop], proxyCommand: null };
  if (depth === 0)
    throw invalid(`the jump hosts of ${target.hop.name} lead in a circle`, `ssh -G ${target.hop.name}`);
  const jumps = proxyJump
    .split(",")
    .map((jump) => jumpHop(parseAddress(jump.trim()), basis.local.user, basis));
  return through(jumps, target, basis, depth - 1);
}

function through(jumps: readonly FoundHop[], target: FoundHop, basis: Basis, depth: number): Route {
  const [first, ...others] = jumps;
  if (first === undefined) return { hops: [target.hop], proxyCommand: null };
  const start = asItsOwnFilesSay(first, parseAddress(first.hop.name).host, basis, depth);
  return { ...start, hops: [...start.hops, ...others.map(({ hop }) => hop), target.hop] };
}

function throughCommand(target: FoundHop, written: string, command: string, { local }: Basis): Route {
  const { host, port, user } = target.hop.address;
  // They become part of a shell's line, so only what no shell reads anything into may pass.
  if (![host, written].every((name) => /^[\w.:%][\w.:%-]*$/.test(name)) || !/^[\w.][\w.-]*$/.test(user))
    throw invalid(
      `${user}@${host} cannot be given to a proxy command`,
      "only letters, digits and . _ - can be in the names of a host and a user that a command is given",
    );
  const tokens = { h: host, p: String(port), r: user, n: written, u: local.user, d: local.home };
  return { hops: [target.hop], proxyCommand: filledIn(command, tokens) };
}

function invalid(cause: string, hint: string): DeployError {
  return new DeployError("CONFIG_INVALID", { cause, hint, state: "unchanged" });
}
