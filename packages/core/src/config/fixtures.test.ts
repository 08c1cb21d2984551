import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DeployError } from "../errors/index.ts";
import { loadConfig } from "./load.ts";
import { localWorkspace } from "./local-workspace.ts";
import { problemLine } from "./problem.ts";

/** What `fixture.json` says of the configuration beside it. */
interface Fixture {
  destination?: string;
  env?: Record<string, string>;
  /** Parts of the resolved configuration. */
  means?: Record<string, unknown>;
  /** The lines it is refused with, or true for any. */
  refused?: string[] | true;
  warnings?: string[];
  needs?: "ruby";
}

const folder = join(import.meta.dirname, "fixtures");
const hasRuby = spawnSync("ruby", ["--version"]).status === 0;

async function load(name: string, fixture: Fixture) {
  const workspace = localWorkspace({
    cwd: join(folder, name),
    env: { PATH: process.env["PATH"], ...fixture.env },
  });
  return loadConfig(
    { ...workspace, architecture: "amd64" },
    { configFile: "config/deploy.yml", destination: fixture.destination ?? null, toolVersion: "0.1.0" },
  );
}

/** What is read, and so parsed and checked, for the first that asks. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

async function refusal(name: string, fixture: Fixture): Promise<string[]> {
  try {
    await load(name, fixture);
  } catch (error) {
    if (error instanceof DeployError && error.code === "CONFIG_INVALID") return error.facts.details ?? [];
    throw error;
  }
  throw new Error(`${name} was accepted`);
}

describe.each(readdirSync(folder))("%s", (name) => {
  const fixture = JSON.parse(readFileSync(join(folder, name, "fixture.json"), "utf8")) as Fixture;
  const { means, refused, warnings } = fixture;

  if (fixture.needs === "ruby" && !hasRuby) {
    it("is refused without Ruby, with what to write instead", async () => {
      const [line] = await refusal(name, fixture);
      expect(line).toMatch(/^config\/deploy\.yml:\d+:\d+ .*Ruby.*ENV\["NAME"\]/);
    });
    return;
  }

  const loading = once(() => load(name, fixture));

  if (means) {
    it("means what is written beside it", async () => {
      const { config } = await loading();
      expect(config).toMatchObject(means);
    });
  }

  if (warnings) {
    it("warns of what is probably not meant", async () => {
      const loaded = await loading();
      expect(loaded.warnings.map(problemLine)).toEqual(warnings);
    });
  }

  if (refused) {
    it("is refused with every problem at its place", async () => {
      const lines = await refusal(name, fixture);
      if (refused === true) expect(lines.length).toBeGreaterThan(0);
      else expect(lines).toEqual(refused);
    });
  }
});
