import { expect, test } from "vitest";
import { withLogin } from "./docker-config.ts";

const login = { server: "registry:4443", username: "deployer", password: "p:w" };

test("adds a login as Docker's clients keep it", () => {
  expect(withLogin({}, login).auths).toEqual({
    "registry:4443": { auth: Buffer.from("deployer:p:w").toString("base64") },
  });
});

test("keeps the user's other logins and settings", () => {
  const config = withLogin({ auths: { "ghcr.io": { auth: "x" } }, currentContext: "orbstack" }, login);
  expect(config).toMatchObject({ auths: { "ghcr.io": { auth: "x" } }, currentContext: "orbstack" });
});

test("is asked before the program that keeps the user's other passwords", () => {
  expect(withLogin({ credsStore: "desktop" }, login)).toMatchObject({
    credsStore: "desktop",
    credHelpers: { "registry:4443": "" },
  });
});

test("calls Docker Hub by the name that its clients look for", () => {
  expect(withLogin({}, { ...login, server: null }).auths).toHaveProperty(["https://index.docker.io/v1/"]);
});
