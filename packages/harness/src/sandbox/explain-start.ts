import { HarnessError } from "../harness-error.ts";

/**
 * Turns what Compose said when it could not start the machines into a sentence and a next step.
 *
 * @param holderOf who holds a port of this machine; null when nobody knows.
 */
export async function explainStart(
  said: string,
  holderOf: (port: number) => Promise<string | null>,
): Promise<HarnessError> {
  const details = said.trim().split("\n").slice(-8);
  const taken = /127\.0\.0\.1:(\d+).*(?:address already in use|port is already allocated)/.exec(said);
  if (taken) {
    const port = Number(taken[1]);
    const holder = (await holderOf(port)) ?? "another program";
    return new HarnessError("PORT_TAKEN", {
      cause: `The load balancer's port ${port} on 127.0.0.1 is taken by ${holder}`,
      hint: "End that, name another port, or name none: then a free one is taken.",
      details,
    });
  }
  if (/no space left on device/i.test(said)) {
    return new HarnessError("DISK_FULL", {
      cause: "The sandbox could not be started: the Docker engine has no room left",
      hint: "Make room, for instance with `docker system prune`.",
      details,
    });
  }
  return new HarnessError("SANDBOX_FAILED", { cause: "Docker Compose could not start the sandbox", details });
}
