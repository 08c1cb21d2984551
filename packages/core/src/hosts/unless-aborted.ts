/**
 * Waits for something that cannot be called off, and no longer than it is wanted.
 *
 * @throws the signal's reason when it is aborted first
 */
export async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const unwanted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([work(), unwanted]);
  } finally {
    settled.abort();
  }
}
