import type { FileEntryWithStats, SFTPWrapper, Stats } from "ssh2";
import { hasStatus, SFTP_EOF, SFTP_PERMISSION_DENIED } from "./ssh/sftp-status.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** How SFTP answers: with an error, or with a value where there is one to give. */
type Done<T> = (error: Error | null | undefined, value?: T) => void;

/** The most that every server takes and gives in one piece, in bytes: the protocol asks for no more. */
const PIECE = 32_768;

/** A file that is open for adding to its end. */
export interface Appender {
  /** Adds, and has it on the disk: one round trip. */
  add(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * SFTP's requests as promises. Those about one file are sent together once it is open, since a server
 * works them off in the order in which it gets them: two round trips, and not one for each.
 */
export class SftpSession {
  readonly #sftp: SFTPWrapper;
  readonly #lost: AbortSignal;

  /** @param lost aborted when the connection has ended: then what was asked fails */
  constructor(sftp: SFTPWrapper, lost: AbortSignal) {
    this.#sftp = sftp;
    this.#lost = lost;
  }

  /**
   * One request. A connection that ended answers nothing, not even that it ended.
   *
   * @param path what it is about; SFTP's own error is given it as its `path`
   */
  call<T = void>(path: string, start: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T> {
    return unlessAborted(
      this.#lost,
      () =>
        new Promise((resolve, reject) => {
          start(this.#sftp, (error, value) =>
            error ? reject(Object.assign(error, { path })) : resolve(value as T),
          );
        }),
    );
  }

  /** The bytes of a file. Reads `/proc` too, whose files don't know their size. */
  async read(path: string): Promise<Buffer> {
    const handle = await this.call<Buffer>(path, (sftp, done) => sftp.open(path, "r", done));
    const piece = Buffer.allocUnsafe(PIECE);
    const read = this.call<number>(path, (sftp, done) =>
      sftp.read(handle, piece, 0, PIECE, 0, (error, bytes) => done(error, bytes)),
    ).catch((error: unknown) => orAtTheEnd(error, 0));
    const [bytes] = await allOf([read, this.#close(path, handle)]);
    // Nearly all that we read is shorter. The rest is read from its beginning, piece by piece.
    if (bytes === PIECE) return this.call<Buffer>(path, (sftp, done) => sftp.readFile(path, done));
    return piece.subarray(0, bytes);
  }

  /** The names in a folder, in no order. */
  async list(path: string): Promise<string[]> {
    const handle = await this.call<Buffer>(path, (sftp, done) => sftp.opendir(path, done));
    const part = () =>
      this.call<FileEntryWithStats[]>(path, (sftp, done) => sftp.readdir(handle, done)).catch(
        (error: unknown) => orAtTheEnd(error, null),
      );
    const [first, second] = await allOf([part(), part(), this.#close(path, handle)]);
    // A server gives a hundred or so at a time. Of a longer folder all parts are asked for, one by one.
    const entries = second === null ? first : await this.#listInParts(path);
    return (entries ?? []).map(({ filename }) => filename);
  }

  /**
   * Writes a file and has it on the disk.
   *
   * @param flags as `open` has them
   * @param mode what the file is to be afterwards, whatever the host's umask
   * @returns the file's size afterwards, in bytes
   */
  async write(path: string, bytes: Buffer, flags: "w" | "wx" | "a", mode: number): Promise<number> {
    const handle = await this.call<Buffer>(path, (sftp, done) => sftp.open(path, flags, { mode }, done));
    const write = () => this.call(path, (sftp, done) => sftp.write(handle, bytes, 0, bytes.length, 0, done));
    // What takes several pieces is sent one after the other, and nothing may overtake them.
    if (bytes.length > PIECE)
      await write().catch(async (error: unknown) => {
        await this.#close(path, handle);
        throw error;
      });
    const [, , , { size }] = await allOf([
      bytes.length > PIECE ? undefined : write(),
      this.#setMode(path, handle, mode, flags),
      this.#sync(path, handle),
      this.call<Stats>(path, (sftp, done) => sftp.fstat(handle, done)),
      this.#close(path, handle),
    ]);
    return size;
  }

  /** Opens a file to add to its end more than once; see {@link Appender}. */
  async appender(path: string, mode: number): Promise<Appender> {
    const handle = await this.call<Buffer>(path, (sftp, done) => sftp.open(path, "a", { mode }, done));
    return {
      add: async (text) => {
        const bytes = Buffer.from(text);
        const write = this.call(path, (sftp, done) => sftp.write(handle, bytes, 0, bytes.length, 0, done));
        if (bytes.length > PIECE) await write;
        await allOf([write, this.#sync(path, handle)]);
      },
      close: () => this.#close(path, handle),
    };
  }

  /** The mode given at the opening is narrowed by the host's umask and ignored for a file that exists. */
  #setMode(path: string, handle: Buffer, mode: number, flags: "w" | "wx" | "a"): Promise<void> {
    return this.call(path, (sftp, done) => sftp.fchmod(handle, mode, done)).catch((error: unknown) => {
      // A file that is added to can be another user's, who has seen to it.
      if (flags !== "a" || !hasStatus(error, SFTP_PERMISSION_DENIED)) throw error;
    });
  }

  #sync(path: string, handle: Buffer): Promise<void> {
    return this.call(path, (sftp, done) => {
      try {
        sftp.ext_openssh_fsync(handle, done);
      } catch {
        // Thrown where the server lacks the extension (it is no OpenSSH): then it decides when to write.
        done(null);
      }
    });
  }

  #close(path: string, handle: Buffer): Promise<void> {
    return this.call(path, (sftp, done) => sftp.close(handle, done));
  }

  #listInParts(path: string): Promise<FileEntryWithStats[]> {
    return this.call(path, (sftp, done) => sftp.readdir(path, done));
  }
}

/** Waits for all, also where one fails, so that nothing is under way any more when the first failure is told. */
async function allOf<T extends readonly unknown[]>(
  requests: [...T],
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(requests);
  return Promise.all(requests);
}

/** SFTP's way of saying that there is nothing more. */
function orAtTheEnd<T>(error: unknown, value: T): T {
  if (hasStatus(error, SFTP_EOF)) return value;
  throw error;
}
