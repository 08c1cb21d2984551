/** Output of a program in a container, as it was written. */
export interface Frame {
  stream: "stdout" | "stderr";
  bytes: Buffer;
}

/** Type of stream, three zeros, length of what follows. */
const HEADER_BYTES = 8;

/**
 * Takes apart what Docker sends for a container without a terminal: both streams through one, each
 * piece behind a header. Unlike two separate streams it keeps their order.
 */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are complete with this piece. */
  push(piece: Buffer): Frame[] {
    let rest: Buffer = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const frames: Frame[] = [];
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(4);
      if (rest.length < end) break;
      frames.push({ stream: rest[0] === 2 ? "stderr" : "stdout", bytes: rest.subarray(HEADER_BYTES, end) });
      rest = rest.subarray(end);
    }
    this.#rest = rest;
    return frames;
  }
}
