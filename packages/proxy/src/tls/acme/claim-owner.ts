import { hostname } from "node:os";

/** Who claims the right to order certificates. */
export interface ClaimOwner {
  /** Tells this proxy from those that share its folder, and is the same after it was started again. */
  proxy: string;
  /** The process that claims. */
  pid: number;
  /** Whether a process of this proxy lives. */
  isAlive(pid: number): boolean;
}

/** This process, for the proxy that keeps its state there. */
export function thisProxy(stateDirectory: string): ClaimOwner {
  return { proxy: `${hostname()} ${stateDirectory}`, pid: process.pid, isAlive };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // ESRCH: there is none of that number. Whoever else runs under it is not known to be dead.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
