/** The bytes in two pieces, cut at each border in turn; and all in pieces of one byte. */
export function* everySplit(bytes: Buffer): Generator<Buffer[]> {
  for (let at = 1; at < bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)];
  yield Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
}

/** The bytes in pieces that end at the given offsets; offsets beyond the end are taken round. */
export function splitAt(bytes: Buffer, offsets: readonly number[]): Buffer[] {
  const cuts = [...new Set(offsets.map((offset) => offset % (bytes.length + 1)))].sort((a, b) => a - b);
  const borders = [0, ...cuts, bytes.length];
  return borders.slice(1).map((to, i) => bytes.subarray(borders[i], to));
}
