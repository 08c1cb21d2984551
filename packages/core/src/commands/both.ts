/**
 * Does two things at once. When one fails the other is called off and waited for, and what it had
 * opened is let go.
 *
 * @param letGo closes what the first one opened
 * @throws what failed first
 */
export async function both<A, B>(
  signal: AbortSignal,
  first: (signal: AbortSignal) => Promise<A>,
  second: (signal: AbortSignal) => Promise<B>,
  letGo: (opened: A) => void,
): Promise<[A, B]> {
  const halt = new AbortController();
  const either = AbortSignal.any([signal, halt.signal]);
  const failures: unknown[] = [];
  const watched = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      failures.push(error);
      halt.abort(error);
      throw error;
    });
  const [a, b] = await Promise.allSettled([watched(first(either)), watched(second(either))]);
  if (a.status === "fulfilled" && b.status === "fulfilled") return [a.value, b.value];
  if (a.status === "fulfilled") letGo(a.value);
  throw failures[0];
}
