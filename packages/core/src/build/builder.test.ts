import { expect, test } from "vitest";
import { aBuilder } from "./builder.fixture.ts";
import { chooseBuilder } from "./builder.ts";

const classic = { architecture: "amd64", containerdStore: false };
const containerd = { architecture: "amd64", containerdStore: true };

test("takes the engine itself where that is enough", () => {
  expect(chooseBuilder(aBuilder(), classic)).toEqual({ name: "default", driver: "docker", nodes: [] });
});

test("takes a builder in a container for several platforms on the classic image store", () => {
  expect(chooseBuilder(aBuilder({ arches: ["amd64", "arm64"] }), classic)).toEqual({
    name: "cutover-local-docker-container",
    driver: "docker-container",
    nodes: [{ endpoint: null, platforms: [] }],
  });
});

test("takes the engine itself for several platforms on containerd's image store", () => {
  expect(chooseBuilder(aBuilder({ arches: ["amd64", "arm64"] }), containerd).name).toBe("default");
});

test("takes a builder in a container for a cache that the classic image store cannot export", () => {
  const cache = { type: "gha", options: null, image: null } as const;
  expect(chooseBuilder(aBuilder({ cache }), classic).driver).toBe("docker-container");
});

test("does not count attestations that are turned off", () => {
  expect(chooseBuilder(aBuilder({ provenance: "false" }), classic).name).toBe("default");
});

test("refuses the engine's driver for what it cannot do", () => {
  const builder = aBuilder({ driver: "docker", arches: ["amd64", "arm64"] });
  expect(() => chooseBuilder(builder, classic)).toThrow(
    "builder.driver: docker cannot build amd64 and arm64 at once on this engine's image store",
  );
});

test("passes the remote machine by where this one builds all that is needed", () => {
  expect(chooseBuilder(aBuilder({ remote: "ssh://root@arm" }), classic).name).toBe("default");
});

test("builds for the other architecture on the remote machine alone", () => {
  expect(chooseBuilder(aBuilder({ remote: "ssh://root@arm", arches: ["arm64"] }), classic)).toEqual({
    name: "cutover-remote-ssh---root-arm",
    driver: "docker-container",
    nodes: [{ endpoint: "ssh://root@arm", platforms: ["linux/arm64"] }],
  });
});

test("builds each architecture where it is at home", () => {
  const builder = aBuilder({ remote: "ssh://root@arm", arches: ["amd64", "arm64"] });
  expect(chooseBuilder(builder, classic).nodes).toEqual([
    { endpoint: null, platforms: ["linux/amd64"] },
    { endpoint: "ssh://root@arm", platforms: ["linux/arm64"] },
  ]);
});

test("builds nothing on this machine where that is forbidden", () => {
  const builder = aBuilder({ remote: "ssh://root@big", local: false });
  expect(chooseBuilder(builder, classic).nodes).toEqual([
    { endpoint: "ssh://root@big", platforms: ["linux/amd64"] },
  ]);
});

test("builds in the cloud that the driver names", () => {
  expect(chooseBuilder(aBuilder({ driver: "cloud acme/big" }), classic)).toEqual({
    name: "cloud-acme-big",
    driver: "cloud",
    nodes: [{ endpoint: "acme/big", platforms: ["linux/amd64"] }],
  });
});

test("refuses buildpacks in words", () => {
  const pack = { builder: "heroku/builder:24", buildpacks: [] };
  expect(() => chooseBuilder(aBuilder({ pack }), classic)).toThrow("builder.pack");
});
