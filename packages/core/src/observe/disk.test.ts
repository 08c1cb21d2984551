import { expect, test } from "vitest";
import { imagesFolder, readDisk, roomIn } from "./disk.ts";

const DF = `Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/sda1         20000000 15000000   5000000      75% /
/dev/sdb1         99000000 90000000   9000000      91% /var/lib/docker
`;

test("the room is that of the file system the images are on", () => {
  expect(roomIn(DF, "/var/lib/docker")).toEqual({
    folder: "/var/lib/docker",
    freeBytes: 9_000_000 * 1024,
    totalBytes: 99_000_000 * 1024,
  });
  expect(roomIn(DF, "/var/lib/containerd")?.freeBytes).toBe(5_000_000 * 1024);
});

test("a folder whose name begins like a mount's is not on it", () => {
  expect(roomIn(DF, "/var/lib/docker-data")?.freeBytes).toBe(5_000_000 * 1024);
});

test("what is no df leaves the room unknown", () => {
  expect(roomIn("sh: df: not found", "/var/lib/docker")).toBeNull();
});

test("images that containerd stores are looked for in its folder", () => {
  expect(imagesFolder({ rootFolder: "/var/lib/docker", containerd: true })).toBe("/var/lib/containerd");
  expect(imagesFolder({ rootFolder: "/home/me/docker", containerd: true })).toBe("/home/me/docker");
});

test("only where Docker's data were moved the host is asked once more", async () => {
  const asked: string[][] = [];
  const script = async (_text: string, args: readonly string[]) => {
    asked.push([...args]);
    return { exitCode: 0, stdout: DF.replace("/var/lib/docker", "/data"), stderr: "" };
  };
  expect(
    (await readDisk({ script }, { rootFolder: "/var/lib/docker", containerd: false }, DF))?.freeBytes,
  ).toBe(9_000_000 * 1024);
  expect(asked).toEqual([]);
  const moved = await readDisk({ script }, { rootFolder: "/data/docker", containerd: false }, DF);
  expect(moved?.freeBytes).toBe(9_000_000 * 1024);
  expect(asked).toEqual([["/data/docker"]]);
});
