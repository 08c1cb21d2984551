import { posix } from "node:path";
import type { Client, FileEntryWithStats, SFTPWrapper, Stats } from "ssh2";
import { hasStatus, SFTP_FAILURE, SFTP_NO_SUCH_FILE } from "./ssh/sftp-status.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** How SFTP answers: with an error, or with a value where there is one to give. */
type Done<T> = (error: Error | null | undefined, value?: T) => void;

/** The files of one host, over SFTP. Paths are absolute. What fails rejects with SFTP's own error. */
export class HostFiles {
  readonly #sftp: SFTPWrapper;
  readonly #lost: AbortSignal;

  private constructor(sftp: SFTPWrapper, lost: AbortSignal) {
    this.#sftp = sftp;
    this.#lost = lost;
  }

  /** @param lost aborted when the connection has ended: then what was asked fails */
  static async open(client: Client, lost: AbortSignal): Promise<HostFiles> {
    const opened = () =>
      new Promise<SFTPWrapper>((resolve, reject) => {
        client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error)));
      });
    return new HostFiles(await unlessAborted(lost, opened), lost);
  }

  /** The bytes of a file, or null where there is none. Reads `/proc` too. */
  async read(path: string): Promise<Buffer | null> {
    try {
      return await this.#call<Buffer>((done) => this.#sftp.readFile(path, done));
    } catch (error) {
      return whereMissing(error, null);
    }
  }

  /** The names in a folder, in no order; empty where there is none. */
  async list(folder: string): Promise<string[]> {
    try {
      const entries = await this.#call<FileEntryWithStats[]>((done) => this.#sftp.readdir(folder, done));
      return entries.map((entry) => entry.filename);
    } catch (error) {
      return whereMissing(error, []);
    }
  }

  /** When a file was last changed, in seconds since the epoch on the host's clock; null where there is none. */
  async changedAt(path: string): Promise<number | null> {
    try {
      return (await this.#call<Stats>((done) => this.#sftp.stat(path, done))).mtime;
    } catch (error) {
      return whereMissing(error, null);
    }
  }

  /**
   * Writes a file so that readers and crashes see the old or the new one, never half of it.
   *
   * @param temporary a name no one else uses, such as one with random digits
   * @param mode such as `0o600`
   */
  async replace(path: string, data: string | Buffer, mode: number, temporary: string): Promise<void> {
    const beside = posix.join(posix.dirname(path), `.${temporary}`);
    await this.#write(beside, data, mode, "w");
    try {
      await this.#rename(beside, path);
    } catch (error) {
      await this.remove(beside);
      throw error;
    }
  }

  /**
   * Adds to the end of a file, which is made where it is missing.
   *
   * @returns the file's size afterwards, in bytes
   */
  async append(path: string, data: string, mode: number): Promise<number> {
    await this.#write(path, data, mode, "a");
    return (await this.#call<Stats>((done) => this.#sftp.stat(path, done))).size;
  }

  /**
   * Writes a file that must not exist yet: of two who try, one succeeds.
   *
   * @returns false when it exists already
   */
  async create(path: string, data: string | Buffer, mode: number): Promise<boolean> {
    try {
      await this.#write(path, data, mode, "wx");
      return true;
    } catch (error) {
      // sshd answers "failure" for a file that exists, as for much else: so look whether it does.
      if (hasStatus(error, SFTP_FAILURE) && (await this.changedAt(path)) !== null) return false;
      throw error;
    }
  }

  /** Makes a folder and those above it. One that exists is left as it is. */
  async makeFolder(path: string, mode: number): Promise<void> {
    try {
      await this.#call((done) => this.#sftp.mkdir(path, { mode }, done));
    } catch (error) {
      if (hasStatus(error, SFTP_FAILURE)) return;
      if (!hasStatus(error, SFTP_NO_SUCH_FILE) || path === "/") throw error;
      await this.makeFolder(posix.dirname(path), mode);
      await this.makeFolder(path, mode);
    }
  }

  /** Removes a file; one that is not there is no failure. */
  async remove(path: string): Promise<void> {
    try {
      await this.#call((done) => this.#sftp.unlink(path, done));
    } catch (error) {
      whereMissing(error, undefined);
    }
  }

  /** Removes a folder that is empty; one that is not there is no failure. */
  async removeFolder(path: string): Promise<void> {
    try {
      await this.#call((done) => this.#sftp.rmdir(path, done));
    } catch (error) {
      whereMissing(error, undefined);
    }
  }

  async #write(path: string, data: string | Buffer, mode: number, flags: "w" | "wx" | "a"): Promise<void> {
    const bytes = typeof data === "string" ? Buffer.from(data) : data;
    const handle = await this.#call<Buffer>((done) => this.#sftp.open(path, flags, { mode }, done));
    try {
      await this.#call((done) => this.#sftp.write(handle, bytes, 0, bytes.length, 0, done));
      // The mode given at the opening is narrowed by the host's umask and ignored for a file that exists.
      await this.#call((done) => this.#sftp.fchmod(handle, mode, done));
      await this.#sync(handle);
    } finally {
      await this.#call((done) => this.#sftp.close(handle, done));
    }
  }

  async #sync(handle: Buffer): Promise<void> {
    await this.#call((done) => {
      try {
        this.#sftp.ext_openssh_fsync(handle, done);
      } catch {
        // Thrown where the server lacks the extension (it is no OpenSSH): then it decides when to write.
        done(null);
      }
    });
  }

  async #rename(from: string, to: string): Promise<void> {
    await this.#call((done) => this.#sftp.ext_openssh_rename(from, to, done));
  }

  /** A connection that ended answers nothing, not even that it ended. */
  #call<T = void>(start: (done: Done<T>) => void): Promise<T> {
    return unlessAborted(
      this.#lost,
      () =>
        new Promise((resolve, reject) => {
          start((error, value) => (error ? reject(error) : resolve(value as T)));
        }),
    );
  }
}

function whereMissing<T>(error: unknown, value: T): T {
  if (hasStatus(error, SFTP_NO_SUCH_FILE)) return value;
  throw error;
}
