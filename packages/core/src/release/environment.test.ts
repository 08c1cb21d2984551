import { expect, test } from "vitest";
import { containerEnvironment, environmentList } from "./environment.ts";

const self = { container: "shop-web-v1", version: "v1", host: "web1", destination: null };

test("a container knows itself under our names and under Kamal's", () => {
  const environment = containerEnvironment({ clear: {}, secret: [] }, self, new Map());
  expect(environment).toEqual({
    KAMAL_CONTAINER_NAME: "shop-web-v1",
    DEPLOY_CONTAINER_NAME: "shop-web-v1",
    KAMAL_VERSION: "v1",
    DEPLOY_VERSION: "v1",
    KAMAL_HOST: "web1",
    DEPLOY_HOST: "web1",
  });
});

test("a destination is told where there is one", () => {
  const there = { ...self, destination: "staging" };
  const environment = containerEnvironment({ clear: {}, secret: [] }, there, new Map());
  expect(environment).toMatchObject({ KAMAL_DESTINATION: "staging", DEPLOY_DESTINATION: "staging" });
});

test("a secret wins over a clear value, and may have another name", () => {
  const env = { clear: { TOKEN: "clear" }, secret: [{ name: "TOKEN", secret: "STAGING_TOKEN" }] };
  const environment = containerEnvironment(env, self, new Map([["STAGING_TOKEN", "hidden"]]));
  expect(environment["TOKEN"]).toBe("hidden");
});

test("values go through as they are, newlines, quotes and equal signs and all", () => {
  expect(environmentList({ KEY: '-----BEGIN\nx="y"\n' })).toEqual(['KEY=-----BEGIN\nx="y"\n']);
});
