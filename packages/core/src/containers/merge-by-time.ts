/**
 * Several sequences that are each in order of time as one that is. Of each only the next item is held.
 */
export async function* mergeByTime<T extends { at: string }>(
  sources: readonly AsyncGenerator<T>[],
): AsyncGenerator<T> {
  try {
    const heads = await Promise.all(sources.map((source) => source.next()));
    for (;;) {
      let first = -1;
      for (const [index, head] of heads.entries())
        if (!head.done && (first < 0 || head.value.at < (heads[first]?.value.at ?? ""))) first = index;
      const source = sources[first];
      const head = heads[first];
      if (source === undefined || head === undefined || head.done) return;
      yield head.value;
      heads[first] = await source.next();
    }
  } finally {
    await Promise.all(sources.map((source) => source.return(undefined)));
  }
}
