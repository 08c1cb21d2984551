import { expect, it } from "vitest";
import { resolveHostPaths } from "./host-paths.ts";
import { translateDockerFlags } from "./translate.ts";

it("refuses an unknown flag by name, with the nearest one", () => {
  expect(translateDockerFlags({ options: { memori: "1g", frobnicate: true } }).problems).toEqual([
    { path: ["options", "memori"], message: "docker run has no such flag; did you mean memory?" },
    { path: ["options", "frobnicate"], message: "docker run has no such flag" },
  ]);
});

it("refuses a flag that has no place in a deploy and says why", () => {
  const { problems } = translateDockerFlags({ options: { rm: true, name: "x" } });
  expect(problems.map(({ message }) => message)).toEqual([
    "is not for a deploy: containers are named after the service, the role and the version",
    "is not for a deploy: a stopped container is kept for a rollback; retain_containers says how many",
  ]);
});

it("says what a value should look like", () => {
  const { problems } = translateDockerFlags({
    options: { memory: "lots", publish: ["80:80", "http"], init: "maybe", "cap-add": true, user: ["a", "b"] },
    volumes: ["data:/data", "relative"],
  });
  expect(problems).toEqual([
    { path: ["options", "publish"], message: "expected [ADDRESS:][HOST_PORT:]PORT[/udp], not http" },
    { path: ["options", "user"], message: "can be given once only" },
    { path: ["options", "init"], message: "expected true or false" },
    { path: ["options", "memory"], message: "expected a size such as 512m, not lots" },
    { path: ["options", "cap-add"], message: "needs a value" },
    {
      path: ["volumes", 1],
      message: "expected SOURCE:TARGET[:OPTIONS] with an absolute target, not relative",
    },
  ]);
});

it("puts volumes, ports and logging beside the options", () => {
  const { settings } = translateDockerFlags({
    options: { volume: "a:/a" },
    volumes: ["b:/b", "/anonymous"],
    ports: ["127.0.0.1:5432:5432"],
    logging: { driver: "journald", options: { tag: "shop" } },
  });
  expect(settings).toEqual({
    Volumes: { "/anonymous": {} },
    ExposedPorts: { "5432/tcp": {} },
    HostConfig: {
      Binds: ["a:/a", "b:/b"],
      PortBindings: { "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: "5432" }] },
      LogConfig: { Type: "journald", Config: { tag: "shop" } },
    },
  });
});

it("takes host paths from the login's home, as commands over SSH do", () => {
  const { settings } = translateDockerFlags({
    volumes: ["~/data:/data", "./cache:/cache:ro", "$PWD/logs:/logs", "named:/named", "/abs:/abs"],
    options: { mount: ["type=bind,source=./conf,target=/conf", "type=volume,source=named,target=/x"] },
  });
  const { Binds, Mounts } = resolveHostPaths(settings, "/home/deploy").HostConfig;
  expect(Binds).toEqual([
    "/home/deploy/data:/data",
    "/home/deploy/cache:/cache:ro",
    "/home/deploy/logs:/logs",
    "named:/named",
    "/abs:/abs",
  ]);
  expect(Mounts?.map(({ Source }) => Source)).toEqual(["/home/deploy/conf", "named"]);
});
