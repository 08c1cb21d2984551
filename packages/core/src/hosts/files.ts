import { posix } from "node:path";
import type { Client, SFTPWrapper, Stats } from "ssh2";
import { type Appender, SftpSession } from "./sftp-session.ts";
import { hasStatus, SFTP_FAILURE, SFTP_NO_SUCH_FILE } from "./ssh/sftp-status.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** The folder that holds our state on a host. */
interface StateRoot {
  path: string;
  /** Makes it where it is missing. */
  make(files: HostFiles): Promise<void>;
}

/** Who a file or folder belongs to. */
export interface FileOwner {
  owner: number;
  group: number;
  /** With the bits above the permissions, such as `0o2770`. */
  mode: number;
}

/**
 * The files of one host, over SFTP. Paths are absolute. What fails rejects with SFTP's own error.
 *
 * Inside the state's folder, where that belongs to a group, the group may do what the owner may.
 */
export class HostFiles {
  readonly #sftp: SftpSession;
  readonly #root: StateRoot;
  #shared: Promise<boolean> | null = null;

  private constructor(sftp: SftpSession, root: StateRoot) {
    this.#sftp = sftp;
    this.#root = root;
  }

  /** @param lost aborted when the connection has ended: then what was asked fails */
  static async open(client: Client, lost: AbortSignal, root: StateRoot): Promise<HostFiles> {
    const opened = () =>
      new Promise<SFTPWrapper>((resolve, reject) => {
        client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error)));
      });
    return new HostFiles(new SftpSession(await unlessAborted(lost, opened), lost), root);
  }

  /** The bytes of a file, or null where there is none. Reads `/proc` too. */
  async read(path: string): Promise<Buffer | null> {
    try {
      return await this.#sftp.read(path);
    } catch (error) {
      return whereMissing(error, null);
    }
  }

  /** The names in a folder, in no order; empty where there is none. */
  async list(folder: string): Promise<string[]> {
    try {
      return await this.#sftp.list(folder);
    } catch (error) {
      return whereMissing(error, []);
    }
  }

  /** Who a file or folder belongs to; null where there is none. */
  async stat(path: string): Promise<FileOwner | null> {
    try {
      const { uid, gid, mode } = await this.#sftp.call<Stats>(path, (sftp, done) => sftp.stat(path, done));
      return { owner: uid, group: gid, mode: mode & 0o7777 };
    } catch (error) {
      return whereMissing(error, null);
    }
  }

  /** The number of the user that we are logged in as, to whom the home folder belongs. */
  async ownUser(): Promise<number> {
    return (await this.stat("."))?.owner ?? 0;
  }

  /** When a file was last changed, in seconds since the epoch on the host's clock; null where there is none. */
  async changedAt(path: string): Promise<number | null> {
    try {
      return (await this.#sftp.call<Stats>(path, (sftp, done) => sftp.stat(path, done))).mtime;
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
    return this.#write(path, data, mode, "a");
  }

  /**
   * Opens a file for adding to its end again and again; it is made where it is missing. It has to be closed,
   * and ends with the connection.
   */
  async appender(path: string, mode: number): Promise<Appender> {
    return this.#sftp.appender(path, await this.#widened(path, mode));
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

  /** Makes one folder, or takes one that exists, and gives it to somebody; only root can. */
  async makeOwnFolder(path: string, { owner, group, mode }: FileOwner): Promise<void> {
    await this.#mkdir(path, 0o700);
    await this.#sftp.call(path, (sftp, done) => sftp.chown(path, owner, group, done));
    await this.#sftp.call(path, (sftp, done) => sftp.chmod(path, mode, done));
  }

  /** Makes a folder and those above it. One that exists is left as it is. */
  async makeFolder(path: string, mode: number): Promise<void> {
    if (path === this.#root.path) {
      if ((await this.stat(path)) === null) await this.#root.make(this);
      return;
    }
    try {
      const wide = await this.#widened(path, mode);
      await this.#sftp.call(path, (sftp, done) => sftp.mkdir(path, { mode: wide }, done));
      // The host's umask narrows what was asked for. The bit that hands the group on is inherited.
      if (wide !== mode) await this.#sftp.call(path, (sftp, done) => sftp.chmod(path, wide | 0o2000, done));
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
      await this.#sftp.call(path, (sftp, done) => sftp.unlink(path, done));
    } catch (error) {
      whereMissing(error, undefined);
    }
  }

  /** Removes a folder that is empty; one that is not there is no failure. */
  async removeFolder(path: string): Promise<void> {
    try {
      await this.#sftp.call(path, (sftp, done) => sftp.rmdir(path, done));
    } catch (error) {
      whereMissing(error, undefined);
    }
  }

  async #write(path: string, data: string | Buffer, mode: number, flags: "w" | "wx" | "a"): Promise<number> {
    const bytes = typeof data === "string" ? Buffer.from(data) : data;
    return this.#sftp.write(path, bytes, flags, await this.#widened(path, mode));
  }

  async #mkdir(path: string, mode: number): Promise<void> {
    try {
      await this.#sftp.call(path, (sftp, done) => sftp.mkdir(path, { mode }, done));
    } catch (error) {
      // sshd's answer for a folder that exists.
      if (!hasStatus(error, SFTP_FAILURE)) throw error;
    }
  }

  /** The mode for a path: what the owner may, a group that the state is shared with may too. */
  async #widened(path: string, mode: number): Promise<number> {
    if (!path.startsWith(`${this.#root.path}/`)) return mode;
    this.#shared ??= this.stat(this.#root.path).then((root) => {
      // Asked again as long as there is no folder.
      if (root === null) this.#shared = null;
      return root !== null && (root.mode & 0o2070) === 0o2070;
    });
    return (await this.#shared) ? mode | ((mode & 0o700) >> 3) : mode;
  }

  async #rename(from: string, to: string): Promise<void> {
    await this.#sftp.call(from, (sftp, done) => sftp.ext_openssh_rename(from, to, done));
  }
}

function whereMissing<T>(error: unknown, value: T): T {
  if (hasStatus(error, SFTP_NO_SUCH_FILE)) return value;
  throw error;
}
