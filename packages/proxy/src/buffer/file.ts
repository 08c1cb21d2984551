import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** What a spool does to its file. */
export interface BufferFile {
  /** Writes at the end. */
  append(bytes: Buffer): Promise<void>;
  /** Reads on from where the last read ended: that many bytes, which have been written. */
  read(length: number): Promise<Buffer>;
  /** Forgets all that was written. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A file for its owner only that has no name any more once it is open: however the process ends, the
 * system frees it.
 *
 * @throws the file system's error
 */
export async function openBufferFile(folder: string): Promise<BufferFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = await open(path, "wx+", 0o600);
  await rm(path, { force: true });
  let written = 0;
  let read = 0;
  return {
    async append(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, written);
        done += bytesWritten;
        written += bytesWritten;
      }
    },
    async read(length) {
      const bytes = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(bytes, 0, length, read);
      read += bytesRead;
      return bytes.subarray(0, bytesRead);
    },
    async clear() {
      await file.truncate(0);
      written = 0;
      read = 0;
    },
    close: () => file.close(),
  };
}

/** Removes files whose process was killed in the moment before they lost their names. */
export async function removeLeftBuffers(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}
