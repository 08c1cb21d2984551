import { ControlRefusal } from "./refusal.ts";

/**
 * Checks the fencing number of a change and keeps the highest. Whoever held the lock before has a
 * lower one, so what it sends late changes nothing. A change without a number is let through: it
 * comes from a person's hand.
 *
 * @throws ControlRefusal `stale-fence`
 */
export function checkFence(fences: Map<string, number>, service: unknown, fence: unknown): void {
  if (fence === undefined) return;
  if (typeof fence !== "number" || !Number.isSafeInteger(fence) || fence < 0) {
    throw new ControlRefusal("bad-request", "fence must be a whole number", "fence");
  }
  if (typeof service !== "string") return;
  const highest = fences.get(service) ?? 0;
  if (fence < highest) {
    const message = `${service} has seen the fencing number ${highest}; ${fence} is from a lock that was lost`;
    throw new ControlRefusal("stale-fence", message, "fence");
  }
  fences.set(service, fence);
}
