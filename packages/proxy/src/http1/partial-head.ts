/**
 * Keeps the bytes of a head that is not complete yet. It holds no more than the head's limit, so a
 * slow sender costs what it sent and no more; a connection that waits costs nothing.
 */
export class PartialHead {
  bytes: Buffer = empty;
  length = 0;

  /** Takes what it can of a chunk, up to `limit` bytes in all; gives how many it took. */
  append(chunk: Buffer, start: number, end: number, limit: number): number {
    const taken = Math.min(end - start, limit - this.length);
    this.#reserve(this.length + taken, limit);
    chunk.copy(this.bytes, this.length, start, start + taken);
    this.length += taken;
    return taken;
  }

  clear(): void {
    this.bytes = empty;
    this.length = 0;
  }

  #reserve(size: number, limit: number): void {
    if (size <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.min(limit, Math.max(size, this.bytes.length * 2, smallest)));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}

const smallest = 512;
const empty = Buffer.alloc(0);
