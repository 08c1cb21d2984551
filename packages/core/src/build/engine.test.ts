import { expect, test } from "vitest";
import { readEngine } from "./engine.ts";
import type { ProgramEnd } from "./program.ts";

const buildx = { Name: "buildx", Version: "0.13.1" };

function anAnswer(info: object): ProgramEnd {
  return { exitCode: 0, stdout: [JSON.stringify(info)], stderr: [] };
}

test("reads the architecture as platforms call it", () => {
  const info = { Architecture: "aarch64", DriverStatus: null, ClientInfo: { Plugins: [buildx] } };
  expect(readEngine(anAnswer(info))).toEqual({ architecture: "arm64", containerdStore: false });
});

test("sees containerd's image store", () => {
  const status = [["driver-type", "io.containerd.snapshotter.v1"]];
  const info = { Architecture: "x86_64", DriverStatus: status, ClientInfo: { Plugins: [buildx] } };
  expect(readEngine(anAnswer(info)).containerdStore).toBe(true);
});

test("says that there is no docker", () => {
  expect(() => readEngine(null)).toThrow("there is no docker on this machine's PATH");
});

test("says that the engine does not answer, with the client's own words as evidence", () => {
  const said = "Cannot connect to the Docker daemon at unix:///nope. Is the docker daemon running?";
  const answer = anAnswer({ ServerErrors: [said], ClientInfo: { Plugins: [buildx] } });
  expect(() => readEngine(answer)).toThrow(
    expect.objectContaining({ code: "BUILDER_MISSING", facts: expect.objectContaining({ details: [said] }) }),
  );
});

test("says that the plugin is missing", () => {
  expect(() => readEngine(anAnswer({ Architecture: "x86_64", ClientInfo: { Plugins: null } }))).toThrow(
    "Docker on this machine has no buildx",
  );
});

test("says why the plugin cannot be used", () => {
  const broken = { Name: "buildx", Err: "failed to fetch metadata: exit status 1" };
  expect(() => readEngine(anAnswer({ ClientInfo: { Plugins: [broken] } }))).toThrow(
    expect.objectContaining({ facts: expect.objectContaining({ details: [broken.Err] }) }),
  );
});
