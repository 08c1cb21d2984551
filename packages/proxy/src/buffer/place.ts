import { Budget } from "./budget.ts";
import { type BufferFile, openBufferFile } from "./file.ts";

/** What all bodies that are buffered at one time may take, in bytes. */
const bufferLimits = {
  /** In memory. A body that finds nothing left goes to disk at once. */
  memory: 67_108_864,
  /** On disk. A body that finds nothing left passes as if it were not buffered. */
  disk: 1_073_741_824,
  /** Of that for one body, so that a single large download leaves something to others. */
  diskOfOne: 268_435_456,
} as const;

/** Where buffered bodies are kept, and how much of them. */
export interface BufferPlace {
  memory: Budget;
  disk: Budget;
  diskOfOne: number;
  openFile(): Promise<BufferFile>;
}

/** @param folder for the files; it is made when the first one is needed */
export function bufferPlace(folder: string): BufferPlace {
  return {
    memory: new Budget(bufferLimits.memory),
    disk: new Budget(bufferLimits.disk),
    diskOfOne: bufferLimits.diskOfOne,
    openFile: () => openBufferFile(folder),
  };
}
