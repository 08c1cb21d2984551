import type { FailedRequest } from "./sandbox.ts";

/**
 * Reads the log of the load balancer, which holds what failed and nothing else.
 *
 * @param vms which VM has which address
 */
export function readFailures(log: string, vms: Readonly<Record<string, "vm1" | "vm2">>): FailedRequest[] {
  return log.split("\n").flatMap((line) => {
    const [seconds, status, address, ...request] = line.split(" ");
    if (seconds === undefined || status === undefined || address === undefined) return [];
    const vm = vms[address.replace(/:\d+$/, "")] ?? null;
    return { at: Math.round(Number(seconds) * 1000), status: Number(status), vm, request: request.join(" ") };
  });
}
