import type { ContainerInspectInfo } from "dockerode";
import { expect, test } from "vitest";
import { execCommand, execContainer, execName } from "./exec-spec.ts";

const wish = { command: ["rails", "db:migrate"], env: { VERBOSE: "1" }, terminal: false };

function aRunning(): Pick<ContainerInspectInfo, "Image" | "Config" | "HostConfig"> {
  return {
    Image: "sha256:abc",
    Config: {
      Env: ["DATABASE_URL=postgres://db", "KEY=two\nlines"],
      Entrypoint: ["/entrypoint"],
      User: "1000",
      WorkingDir: "/app",
      Labels: { "cutover.app": "shop", "cutover.kind": "role" },
    },
    HostConfig: {
      Binds: ["/data:/data"],
      NetworkMode: "cutover",
      PortBindings: { "80/tcp": [{ HostPort: "80" }] },
      RestartPolicy: { Name: "unless-stopped" },
    },
  } as unknown as Pick<ContainerInspectInfo, "Image" | "Config" | "HostConfig">;
}

test("has the image, environment, mounts and network of the one that runs", () => {
  expect(execContainer(aRunning(), "shop-web-exec", wish)).toMatchObject({
    Image: "sha256:abc",
    Env: ["DATABASE_URL=postgres://db", "KEY=two\nlines", "VERBOSE=1"],
    Cmd: ["rails", "db:migrate"],
    Entrypoint: ["/entrypoint"],
    HostConfig: { Binds: ["/data:/data"], NetworkMode: "cutover" },
  });
});

test("claims neither ports nor another life", () => {
  const { HostConfig: host } = execContainer(aRunning(), "x", wish);
  expect(host).not.toHaveProperty("PortBindings");
  expect(host).not.toHaveProperty("RestartPolicy");
});

test("is labelled as the app's, and as no role's", () => {
  expect(execContainer(aRunning(), "x", wish).Labels).toEqual({
    "cutover.app": "shop",
    "cutover.kind": "exec",
  });
});

test("takes keys only from a person's terminal", () => {
  expect(execContainer(aRunning(), "x", wish)).toMatchObject({ Tty: false, OpenStdin: false });
  expect(execContainer(aRunning(), "x", { ...wish, terminal: true })).toMatchObject({
    Tty: true,
    OpenStdin: true,
  });
});

test("gives a line with spaces to a shell, and words as they are", () => {
  expect(execCommand(["ls | wc -l"])).toEqual(["sh", "-c", "ls | wc -l"]);
  expect(execCommand(["echo", "a b"])).toEqual(["echo", "a b"]);
  expect(execCommand(["ls"])).toEqual(["ls"]);
});

test("is named after the role and version it runs", () => {
  expect(execName("shop-web-3f2a1c", "3f2a1c", "9d8e7f")).toBe("shop-web-exec-3f2a1c-9d8e7f");
  expect(execName("shop-web-3f2a1c_replaced_00", "3f2a1c", "9d8e7f")).toBe("shop-web-exec-3f2a1c-9d8e7f");
});
