import { expect, test } from "vitest";
import { type BuildConfig, type BuildTarget, buildArguments } from "./arguments.ts";
import { aBuilder } from "./builder.fixture.ts";

function aBuild(
  builder: Partial<BuildConfig["builder"]> = {},
  rest: Partial<BuildConfig> = {},
  target: Partial<BuildTarget> = {},
): string[] {
  const config: BuildConfig = {
    service: "shop",
    destination: null,
    image: "acme/shop",
    repository: "registry.example.com/acme/shop",
    registry: { server: "registry.example.com", username: "u", password: { secret: "P" }, local: false },
    builder: aBuilder(builder),
    ...rest,
  };
  return buildArguments(config, {
    version: "3f2a1c",
    builder: "default",
    context: "/cache/1",
    metadataFile: "/run/m.json",
    layers: "cached",
    output: "push",
    ...target,
  });
}

test("builds, tags, labels and pushes", () => {
  expect(aBuild()).toEqual([
    "buildx",
    "build",
    "--push",
    "--progress=plain",
    "--builder=default",
    "--platform=linux/amd64",
    "--tag=registry.example.com/acme/shop:3f2a1c",
    "--tag=registry.example.com/acme/shop:latest",
    "--label=service=shop",
    "--metadata-file=/run/m.json",
    "--file=Dockerfile",
    "/cache/1",
  ]);
});

test("without a registry the image is left here", () => {
  const args = aBuild({}, {}, { output: "load" });
  expect(args).toContain("--load");
  expect(args).not.toContain("--push");
});

test("tags latest by destination", () => {
  expect(aBuild({}, { destination: "staging" })).toContain(
    "--tag=registry.example.com/acme/shop:latest-staging",
  );
});

test("asks for every platform at once", () => {
  expect(aBuild({ arches: ["amd64", "arm64"] })).toContain("--platform=linux/amd64,linux/arm64");
});

test("passes a build argument as one word, whatever is in it", () => {
  expect(aBuild({ args: { MESSAGE: 'a "b" $(c)' } })).toContain('--build-arg=MESSAGE=a "b" $(c)');
});

test("names a secret by its id and the variable that carries it", () => {
  const args = aBuild({ secrets: [{ secret: "NPM_TOKEN" }, { secret: "PATH" }] });
  expect(args).toContain("--secret=id=NPM_TOKEN,env=CUTOVER_BUILD_SECRET_0");
  expect(args).toContain("--secret=id=PATH,env=CUTOVER_BUILD_SECRET_1");
});

test("passes on stage, agent and attestations", () => {
  const args = aBuild({ target: "production", ssh: "default", provenance: "mode=max", sbom: "true" });
  expect(args).toEqual(
    expect.arrayContaining(["--target=production", "--ssh=default", "--provenance=mode=max", "--sbom=true"]),
  );
});

test("keeps the cache of type registry beside the image", () => {
  const args = aBuild({ cache: { type: "registry", options: "mode=max", image: null } });
  expect(args).toContain("--cache-to=type=registry,ref=registry.example.com/acme/shop-build-cache,mode=max");
  expect(args).toContain("--cache-from=type=registry,ref=registry.example.com/acme/shop-build-cache");
});

test("keeps the cache of GitHub's actions where they look for it", () => {
  const args = aBuild({ cache: { type: "gha", options: null, image: null } });
  expect(args).toEqual(expect.arrayContaining(["--cache-to=type=gha", "--cache-from=type=gha"]));
});

test("builds every layer anew when asked to", () => {
  expect(aBuild({}, {}, { layers: "anew" })).toContain("--no-cache");
});
