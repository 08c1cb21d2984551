/** How long each of `times` runs took, in seconds, one after the other. */
export async function secondsOf(times: number, run: (index: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    await run(index);
    samples.push((performance.now() - startedAt) / 1000);
  }
  return samples;
}
