import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const module = fileURLToPath(new URL("light-dockerode.ts", import.meta.url));
const agent = fileURLToPath(new URL("channel-agent.ts", import.meta.url));

test("the client of Docker's API comes without gRPC and archives, and reaches it without an HTTP client of Node's", () => {
  const script = `
    const { Dockerode } = await import(${JSON.stringify(module)});
    await import(${JSON.stringify(agent)});
    const { createRequire } = await import("node:module");
    const loaded = [...Object.keys(createRequire(import.meta.url).cache), ...process.moduleLoadList];
    console.log(JSON.stringify({ client: typeof new Dockerode().listContainers, loaded }));
  `;
  const told = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  const { client, loaded } = JSON.parse(told) as { client: string; loaded: string[] };
  expect(client).toBe("function");
  expect(loaded.filter((path) => path.includes("dockerode"))).not.toEqual([]);
  expect(loaded.filter((path) => /@grpc|\/tar-stream\//.test(path))).toEqual([]);
  expect(loaded).toContain("NativeModule http");
  expect(loaded.filter((path) => path.includes("undici"))).toEqual([]);
});
