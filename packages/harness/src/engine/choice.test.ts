import { describe, expect, test } from "vitest";
import { chooseEngine, type EngineProbe, type MachineProbe } from "./choice.ts";
import { parseOsRelease } from "./os-release.ts";

const bookworm = parseOsRelease('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n');
const alpine = parseOsRelease('ID=alpine\nVERSION_ID=3.22\nPRETTY_NAME="Alpine Linux v3.22"\n');

const defaultSocket = (answer: EngineProbe["answer"]): EngineProbe => ({
  namedBy: "the default socket",
  host: "unix:///var/run/docker.sock",
  answer,
  deliberate: false,
});

const aMachine = (different: Partial<MachineProbe> = {}): MachineProbe => ({
  platform: "linux",
  engines: [defaultSocket("absent")],
  ours: null,
  system: bookworm,
  power: "root",
  ...different,
});

describe("chooseEngine", () => {
  test("an engine that answers is used as it is", () => {
    expect(chooseEngine(aMachine({ engines: [defaultSocket("answers")] }))).toEqual({
      kind: "use",
      host: "unix:///var/run/docker.sock",
      namedBy: "the default socket",
    });
  });

  test("the user's engine is preferred to one of ours", () => {
    const machine = aMachine({ engines: [defaultSocket("answers")], ours: "unix:///run/ours.sock" });
    expect(chooseEngine(machine)).toMatchObject({ kind: "use" });
  });

  test("an engine named on purpose that does not answer is an error, not a reason to take another", () => {
    const named: EngineProbe = {
      namedBy: "DOCKER_HOST",
      host: "tcp://10.0.0.1:2375",
      answer: "absent",
      deliberate: true,
    };
    expect(chooseEngine(aMachine({ engines: [named, defaultSocket("answers")] }))).toMatchObject({
      kind: "refuse",
      cause: expect.stringContaining("DOCKER_HOST"),
    });
  });

  test("an engine that this user may not use is not doubled by one of ours", () => {
    expect(chooseEngine(aMachine({ engines: [defaultSocket("forbidden")] }))).toMatchObject({
      kind: "refuse",
      hint: expect.stringContaining("group docker"),
    });
  });

  test("an engine that we started before is joined", () => {
    expect(chooseEngine(aMachine({ ours: "unix:///run/ours.sock" }))).toEqual({
      kind: "join",
      host: "unix:///run/ours.sock",
    });
  });

  test("a bare Debian with root gets an engine", () => {
    expect(chooseEngine(aMachine())).toMatchObject({ kind: "start", power: "root" });
  });

  test("without root and without sudo none can be started", () => {
    expect(chooseEngine(aMachine({ power: "none" }))).toMatchObject({
      kind: "refuse",
      cause: expect.stringContaining("root"),
    });
  });

  test("on a system we do not know, the message names it", () => {
    expect(chooseEngine(aMachine({ system: alpine }))).toMatchObject({
      kind: "refuse",
      cause: expect.stringContaining("Alpine Linux v3.22"),
    });
  });

  test("on a Mac one is asked to start Docker Desktop or OrbStack", () => {
    expect(chooseEngine(aMachine({ platform: "darwin", system: null, power: "none" }))).toMatchObject({
      kind: "refuse",
      hint: expect.stringContaining("OrbStack"),
    });
  });
});
