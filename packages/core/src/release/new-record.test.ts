import { expect, test } from "vitest";
import { loadConfig } from "../config/load.ts";
import { aWorkspace } from "../config/testing/a-workspace.ts";
import { newRecord } from "./new-record.ts";

const plain = `service: shop
image: acme/shop
servers: [192.0.2.10]
registry: { username: acme, password: [REGISTRY_PASSWORD] }
builder: { arch: amd64 }
`;

/** What the proxy is told of the role `web`. */
async function optionsOf(proxy: string) {
  const workspace = aWorkspace({ "config/deploy.yml": `${plain}${proxy}` }, { HOME: "/home/ada" });
  const { config } = await loadConfig(workspace, {
    configFile: "config/deploy.yml",
    destination: null,
    toolVersion: "0.1.0",
  });
  const image = { repository: "acme/shop", tag: "1", digest: "sha256:1" };
  const release = { id: "r1", version: "1", image };
  const record = newRecord({
    config,
    host: "192.0.2.10",
    release,
    origin: { createdAt: 0, createdBy: "ada", toolVersion: "0.1.0", build: null },
    random: { hex: () => "00" },
    resolve: (settings) => settings,
    sealed: { environment: () => ({}), certificate: () => null },
  });
  return record.roles[0]?.proxy?.options;
}

test("bodies are buffered unless told otherwise, up to a megabyte of each in memory, of any size", async () => {
  const options = await optionsOf("");
  expect(options).toMatchObject({ buffering: { requests: true, responses: true, memoryBytes: 1_048_576 } });
  expect(options).not.toHaveProperty("maxRequestBytes");
  expect(options).not.toHaveProperty("maxResponseBytes");
  expect(options).not.toHaveProperty("requestLog");
});

test("the proxy is told what is set of buffering and of the request log", async () => {
  const options = await optionsOf(`proxy:
  buffering: { responses: false, memory: 2000, max_request_body: 10, max_response_body: 20 }
  logging: { response_headers: [X-Cache] }
`);
  expect(options).toMatchObject({
    buffering: { requests: true, responses: false, memoryBytes: 2000 },
    maxRequestBytes: 10,
    maxResponseBytes: 20,
    requestLog: {
      requestHeaders: ["Cache-Control", "Last-Modified", "User-Agent"],
      responseHeaders: ["X-Cache"],
    },
  });
});
