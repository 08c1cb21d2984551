/** Does something again and again until it is stopped. */
export interface Timer {
  /** @returns what stops it */
  every(ms: number, act: () => void): () => void;
}

/** Node's own. It keeps no process alive. */
export const nodeTimer: Timer = {
  every(ms, act) {
    const interval = setInterval(act, ms);
    interval.unref();
    return () => clearInterval(interval);
  },
};
