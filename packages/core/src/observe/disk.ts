import type { Host } from "../hosts/host.ts";
import type { DiskState } from "./host-state.ts";

/** Where the two image stores keep images when nobody moved them; the look asks about these. */
const DOCKER_FOLDER = "/var/lib/docker";
const CONTAINERD_FOLDER = "/var/lib/containerd";

/** What an engine says of where its data are. */
export interface EngineStore {
  /** `DockerRootDir`. */
  rootFolder: string;
  /** Whether images are kept by containerd and not by Docker itself. */
  containerd: boolean;
}

/** A file system as `df` tells of it. */
interface Mount {
  mountedOn: string;
  freeBytes: number;
  totalBytes: number;
}

/**
 * The room where Docker keeps images. Where its data were moved, the host is asked once more.
 *
 * @param df what `df -Pk` printed of the usual places
 * @returns null where it cannot be told
 */
export async function readDisk(
  host: Pick<Host, "script">,
  store: EngineStore,
  df: string,
): Promise<DiskState | null> {
  const folder = imagesFolder(store);
  if (folder === DOCKER_FOLDER || folder === CONTAINERD_FOLDER) return roomIn(df, folder);
  // What no script can take as an argument stays unknown.
  if (!/^[A-Za-z0-9._/-]+$/.test(folder)) return null;
  const { stdout } = await host.script('df -Pk "$1"', [folder]);
  return roomIn(stdout, folder);
}

/** Docker's own folder, or containerd's where that one stores the images in a folder beside it. */
export function imagesFolder({ rootFolder, containerd }: EngineStore): string {
  return containerd && rootFolder === DOCKER_FOLDER ? CONTAINERD_FOLDER : rootFolder;
}

/** The room on the file system that a folder is on: of those told of, the one mounted nearest above it. */
export function roomIn(df: string, folder: string): DiskState | null {
  const [nearest] = mounts(df)
    .filter(({ mountedOn }) => mountedOn === "/" || `${folder}/`.startsWith(`${mountedOn}/`))
    .toSorted((a, b) => b.mountedOn.length - a.mountedOn.length);
  if (nearest === undefined) return null;
  return { folder, freeBytes: nearest.freeBytes, totalBytes: nearest.totalBytes };
}

/** Reads the portable form of `df`, whose sizes are in units of 1,024 bytes. */
function mounts(df: string): Mount[] {
  return df.split("\n").flatMap((line) => {
    const found = /^\S.*?\s+(\d+)\s+\d+\s+(\d+)\s+\S+\s+(\/.*)$/.exec(line);
    if (found === null) return [];
    const [, total, free, mountedOn = ""] = found;
    return [{ mountedOn, totalBytes: Number(total) * 1024, freeBytes: Number(free) * 1024 }];
  });
}
