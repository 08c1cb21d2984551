import { expect, test } from "vitest";
import { ensureBuilder } from "./ensure-builder.ts";

const hybrid = {
  name: "cutover-hybrid",
  driver: "docker-container",
  nodes: [
    { endpoint: null, platforms: ["linux/amd64"] },
    { endpoint: "ssh://root@arm", platforms: ["linux/arm64"] },
  ],
};

/** Stands for the `docker` command: answers by the first words of its arguments. */
function aDocker(exitCodes: Record<string, number>) {
  const calls: string[] = [];
  const docker = async (...args: string[]) => {
    calls.push(args.join(" "));
    return { exitCode: exitCodes[args.slice(0, 2).join(" ")] ?? 0, stdout: [], stderr: ["it said so"] };
  };
  return { calls, docker };
}

test("leaves a builder that exists alone", async () => {
  const { calls, docker } = aDocker({});
  await ensureBuilder(hybrid, docker);
  expect(calls).toEqual(["buildx inspect cutover-hybrid"]);
});

test("asks nothing about the engine itself", async () => {
  const { calls, docker } = aDocker({});
  await ensureBuilder({ name: "default", driver: "docker", nodes: [] }, docker);
  expect(calls).toEqual([]);
});

test("makes a missing builder machine by machine", async () => {
  const { calls, docker } = aDocker({ "buildx inspect": 1 });
  await ensureBuilder(hybrid, docker);
  expect(calls.slice(1)).toEqual([
    "buildx create --name=cutover-hybrid --driver=docker-container --platform=linux/amd64",
    "buildx create --name=cutover-hybrid --driver=docker-container --append --platform=linux/arm64 ssh://root@arm",
  ]);
});

test("leaves no half of a builder behind", async () => {
  const { calls, docker } = aDocker({ "buildx inspect": 1, "buildx create": 1 });
  await expect(ensureBuilder(hybrid, docker)).rejects.toMatchObject({
    code: "BUILDER_MISSING",
    facts: { details: ["it said so"] },
  });
  expect(calls.at(-1)).toBe("buildx rm cutover-hybrid");
});
