import { describe, expect, test } from "vitest";
import { parseOsRelease } from "./os-release.ts";
import { enginePackages, toolPackages } from "./package-plan.ts";

const system = (id: string, version: string) => parseOsRelease(`ID=${id}\nVERSION_ID="${version}"\n`);

describe("enginePackages", () => {
  test("Debian 12 takes Docker from Debian 13 but runc from itself", () => {
    const plan = enginePackages(system("debian", "12"));
    expect(plan?.trixie).toContain("docker.io");
    expect(plan?.own).toContain("runc");
    expect(plan?.trixie).not.toContain("runc");
  });

  test.each(["13", ""])("Debian %j has all of it itself", (version) => {
    const plan = enginePackages(system("debian", version));
    expect(plan?.own).toEqual(expect.arrayContaining(["docker.io", "docker-compose", "runc"]));
    expect(plan?.trixie).toEqual([]);
  });

  test("Ubuntu calls its Compose otherwise", () => {
    expect(enginePackages(system("ubuntu", "24.04"))?.own).toContain("docker-compose-v2");
  });

  test.each([
    ["debian", "11"],
    ["fedora", "42"],
  ])("there is no plan for %s %s", (id, version) => {
    expect(enginePackages(system(id, version))).toBeNull();
  });
});

describe("toolPackages", () => {
  test("the tools alone bring no engine", () => {
    expect(toolPackages(system("debian", "12"))?.trixie).not.toContain("docker.io");
  });
});
