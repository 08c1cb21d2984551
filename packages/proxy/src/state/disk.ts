import { mkdir, open, rename } from "node:fs/promises";

/** What keeping a state does to the disk, so that a proof can kill the process at each of its steps. */
export interface Disk {
  mkdir(path: string, options: { recursive: true }): Promise<unknown>;
  open(path: string, flags: string, mode?: number): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
}

export interface DiskFile {
  writeFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export const realDisk: Disk = { mkdir, open, rename };
