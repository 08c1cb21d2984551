/** Takes bytes away from `bytes` as long as it stays `bad`, in ever smaller pieces. */
export async function shrink(bytes: string, bad: (bytes: string) => Promise<boolean>): Promise<string> {
  let smallest = bytes;
  for (let size = smallest.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at + size <= smallest.length; ) {
      const without = smallest.slice(0, at) + smallest.slice(at + size);
      if (await bad(without)) smallest = without;
      else at += size;
    }
  }
  return smallest;
}
