import type Dockerode from "dockerode";
import type { WaitStrategy } from "testcontainers";
import { type NotReady, untilReady } from "./ready.ts";

/**
 * What testcontainers waits for at each machine. It never rejects, because testcontainers would
 * answer that by removing volumes; what went wrong is kept for whoever asks.
 */
export class SaysReady implements WaitStrategy {
  failure: NotReady | null = null;
  private timeoutMs: number;
  private readonly onReady: () => void;

  constructor(timeoutMs: number, onReady: () => void) {
    this.timeoutMs = timeoutMs;
    this.onReady = onReady;
  }

  async waitUntilReady(container: Dockerode.Container): Promise<void> {
    this.failure = await untilReady(container, this.timeoutMs);
    if (this.failure === null) this.onReady();
  }

  withStartupTimeout(timeoutMs: number): this {
    this.timeoutMs = timeoutMs;
    return this;
  }

  isStartupTimeoutSet(): boolean {
    return true;
  }

  getStartupTimeout(): number {
    return this.timeoutMs;
  }
}
