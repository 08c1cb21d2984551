/** Longest header of a frame: two bytes, eight of length, four of mask (RFC 6455, 5.2). */
const longestHeader = 14;

/**
 * Follows the frames of a WebSocket in one direction, to know where one ends and the next has not
 * begun: only there may a frame of ours be put in.
 */
export class FrameBorders {
  readonly #header = Buffer.alloc(longestHeader);
  #headerBytes = 0;
  /** Of the frame's payload. */
  #left = 0;

  get atBorder(): boolean {
    return this.#left === 0 && this.#headerBytes === 0;
  }

  /**
   * Follows bytes up to the first border after their start, or to their end.
   *
   * @returns the offset it came to
   */
  toBorder(bytes: Buffer, start: number): number {
    let at = start;
    while (at < bytes.length) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, bytes.length - at);
        this.#left -= taken;
        at += taken;
      } else {
        this.#header[this.#headerBytes] = bytes[at] as number;
        this.#headerBytes += 1;
        at += 1;
        if (this.#headerBytes < this.#headerLength()) continue;
        this.#left = this.#payloadLength();
        this.#headerBytes = 0;
      }
      if (this.atBorder) return at;
    }
    return at;
  }

  follow(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at = this.toBorder(bytes, at);
  }

  #headerLength(): number {
    if (this.#headerBytes < 2) return 2;
    const second = this.#header[1] as number;
    const short = second & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    return 2 + extended + (second & 0x80 ? 4 : 0);
  }

  #payloadLength(): number {
    const short = (this.#header[1] as number) & 0x7f;
    if (short === 126) return this.#header.readUInt16BE(2);
    return short === 127 ? Number(this.#header.readBigUInt64BE(2)) : short;
  }
}

/** "Service Restart" (IANA's registry of close codes): come back, and you will be served by another. */
const serviceRestart = 1012;

/** A close frame, unmasked as servers send it, or masked as clients have to. */
export function closeFrame(masked: boolean): Buffer {
  const [high, low] = [serviceRestart >> 8, serviceRestart & 0xff];
  if (!masked) return Buffer.from([0x88, 2, high, low]);
  // A mask only has to be there; what it hides here is no secret.
  return Buffer.from([0x88, 0x82, 0, 0, 0, 0, high, low]);
}
