import { HarnessError } from "../harness-error.ts";

/** Turns what Compose said when it could not start the machines into a sentence and a next step. */
export function explainStart(said: string): HarnessError {
  const details = said.trim().split("\n").slice(-8);
  const taken = /127\.0\.0\.1:(\d+).*(?:address already in use|port is already allocated)/.exec(said);
  if (taken) {
    return new HarnessError("PORT_TAKEN", {
      cause: `The load balancer's port ${taken[1]} on 127.0.0.1 is taken by another program`,
      hint: `See by which with \`ss -tlnp 'sport = :${taken[1]}'\`, or leave the port to us.`,
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
