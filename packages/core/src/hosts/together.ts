import { DeployError } from "../errors/index.ts";

/** How many hosts of one failure are named; the others are counted. */
const NAMED = 10;

/**
 * One error for several hosts: the first one's, and in its details a line for each different cause,
 * with the hosts it befell. Of fifty hosts that fail alike fifty lines would hide the fifty-first.
 */
export function together(errors: readonly DeployError[]): DeployError {
  const [first, ...others] = errors;
  if (first === undefined) throw new RangeError("no error to tell of");
  if (others.length === 0) return first;
  const groups = byCause(errors);
  const [alike = [], ...different] = groups.values();
  const same = alike.filter((error) => error !== first).map(hostOf);
  const lines = [
    ...(same.length === 0 ? [] : [`the same on ${named(same)}`]),
    ...different.map((group) => `${named(group.map(hostOf))}: ${group[0]?.facts.cause}`),
  ];
  return new DeployError(
    first.code,
    { ...first.facts, details: [...lines, ...(first.facts.details ?? [])] },
    { cause: first },
  );
}

/** Errors whose causes are the same but for the host's name. */
function byCause(errors: readonly DeployError[]): Map<string, DeployError[]> {
  const groups = new Map<string, DeployError[]>();
  for (const error of errors) {
    const { host, cause } = error.facts;
    const key = host === undefined ? cause : cause.replaceAll(host, "\u0000");
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return groups;
}

function named(hosts: readonly string[]): string {
  const more = hosts.length - NAMED;
  return more <= 0 ? hosts.join(", ") : `${hosts.slice(0, NAMED).join(", ")} and ${more} more`;
}

function hostOf(error: DeployError): string {
  return error.facts.host ?? "here";
}
