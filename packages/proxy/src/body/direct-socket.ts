import { Socket } from "node:net";

/** What a write below Node's streams is asked for with: it is kept for as long as the write is under way. */
interface WriteRequest {
  socket?: DirectSocket;
  /** Holds on to bytes that the system has still to take. */
  bytes?: Buffer;
  oncomplete?: (this: WriteRequest, status: number) => void;
}

/** The system's side of a socket. Each write gives 0, or the system's refusal, having taken nothing. */
interface Handle {
  writeBuffer(request: WriteRequest, bytes: Buffer): number;
  writeLatin1String(request: WriteRequest, text: string): number;
}

/** What Node's own sockets are made with. */
interface StreamBinding {
  WriteWrap?: new () => WriteRequest;
  kLastWriteWasAsync?: number;
  /** What the last call below a stream had to say beside its result. */
  streamBaseState?: ArrayLike<number>;
}

const { WriteWrap, kLastWriteWasAsync = -1, streamBaseState } = streamBinding();

/** One serves every write that the system takes at once, which is nearly every one. */
let request: WriteRequest | null = WriteWrap === undefined ? null : new WriteWrap();

/**
 * A socket whose writes go straight to the system where nothing is waiting to be written before them. A stream
 * of Node's takes several objects, a turn of its queue and a microsecond and more for each write, also for those
 * that the system takes at once; at two writes for a small request that is most of what Node itself costs.
 *
 * What the system does not take at once it takes later, and meanwhile the socket needs draining, as any other.
 */
export class DirectSocket extends Socket {
  /** Whether what is put goes straight to the system. */
  get isDirect(): boolean {
    if (request === null || this.connecting || !this.writable) return false;
    return this.writableLength === 0 && !this.writableNeedDrain;
  }

  /** Writes text of which each character is a byte. Gives false when the socket is to be drained before more is written. */
  putText(text: string): boolean {
    if (!this.isDirect) return this.write(text, "latin1");
    const refused = handleOf(this).writeLatin1String(request as WriteRequest, text);
    // A stream knows how to fail.
    if (refused !== 0) return this.write(text, "latin1");
    return this.#settle(null);
  }

  /**
   * Writes bytes. Gives false when the socket is to be drained before more is written; then the bytes are kept, and
   * must not be changed.
   */
  putBytes(bytes: Buffer): boolean {
    if (!this.isDirect) return this.write(bytes);
    const refused = handleOf(this).writeBuffer(request as WriteRequest, bytes);
    if (refused !== 0) return this.write(bytes);
    return this.#settle(bytes);
  }

  /** Gives whether the system has taken everything. */
  #settle(bytes: Buffer | null): boolean {
    if (streamBaseState?.[kLastWriteWasAsync] === 0) return true;
    const used = request as WriteRequest;
    request = new (WriteWrap as new () => WriteRequest)();
    used.socket = this;
    used.oncomplete = onTaken;
    if (bytes !== null) used.bytes = bytes;
    stateOf(this).needDrain = true;
    return false;
  }

  /** @param status below 0 when the rest could not be written */
  taken(status: number): void {
    if (this.destroyed) return;
    // Its code is left out: by EPIPE a write is told that was refused whole.
    if (status < 0) this.destroy(new Error("the connection broke in the middle of a write"));
    else if (this.writableLength === 0) {
      stateOf(this).needDrain = false;
      this.emit("drain");
    }
    // Else the stream says so, once what came to it meanwhile has been taken.
  }
}

function onTaken(this: WriteRequest, status: number): void {
  this.socket?.taken(status);
}

function stateOf(socket: DirectSocket): { needDrain: boolean } {
  return (socket as unknown as { _writableState: { needDrain: boolean } })._writableState;
}

function handleOf(socket: DirectSocket): Handle {
  return (socket as unknown as { _handle: Handle })._handle;
}

/** Empty on a Node that does not give it away: sockets then write as all others do. */
function streamBinding(): StreamBinding {
  try {
    const { binding } = process as unknown as { binding(name: string): StreamBinding };
    const found = binding.call(process, "stream_wrap");
    const isComplete = found.streamBaseState !== undefined && found.kLastWriteWasAsync !== undefined;
    return isComplete ? found : {};
  } catch {
    return {};
  }
}
