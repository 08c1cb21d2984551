import { expect, test } from "vitest";
import type { Room } from "../plan/room.ts";
import { refuseWithoutRoom, roomWatch, scarceRoom } from "./room-watch.ts";

const room: Room = {
  folder: "/var/lib/docker",
  freeBytes: 100e6,
  servingBytes: 480e6,
  prunableBytes: 1.1e9,
};

test("a pull for which there is plainly no room is refused with the figures", () => {
  expect(() => refuseWithoutRoom("web1", room)).not.toThrow();
  expect(() => refuseWithoutRoom("web1", { ...room, freeBytes: 5e6 })).toThrow(
    "web1 has no room for the image: 5.0 MB are free in /var/lib/docker; a prune would free up to 1.1 GB",
  );
});

test("a pull is called off once Docker has told of more than there is room for", () => {
  const watch = roomWatch("web1", { ...room, prunableBytes: 0 });
  const layer = (id: string, total: number) =>
    watch({ id, status: "Downloading", progressDetail: { total } });
  expect(layer("a", 60e6)).toBeNull();
  // The same layer, further on.
  expect(layer("a", 60e6)).toBeNull();
  expect(watch({ id: "b", status: "Already exists" })).toBeNull();
  expect(layer("c", 60e6)?.facts).toMatchObject({
    cause:
      "web1 has no room for the image: 100 MB are free in /var/lib/docker, and the image needs 120 MB at least; a prune would free nothing",
    hint: "on web1: docker system df, docker system prune",
  });
});

test("where the image that serves would not fit a second time, a word is said", () => {
  expect(scarceRoom(room)).toContain(
    "100 MB are free in /var/lib/docker, and the image that serves takes 480 MB",
  );
  expect(scarceRoom({ ...room, freeBytes: 500e6 })).toBeNull();
  expect(scarceRoom({ ...room, servingBytes: null })).toBeNull();
});
