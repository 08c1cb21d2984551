import { HarnessError } from "../harness-error.ts";
import { DEFAULT_APP, type Deployer } from "../sandbox/sandbox.ts";

/** What `settings.json` makes of the fixture app; its `README.md` tells the rest. */
export interface HelloSettings {
  /** What every answer says. */
  version: string;
  /** The port it listens on; `config/deploy.yml` expects 3000. */
  port: number;
  /** `ok`, or the reason with which `/up` answers 500. */
  health: string;
  boot: "serve" | "exit";
}

/** How the app is in its first commit. */
const asItWas: HelloSettings = { version: "1", port: 3000, health: "ok", boot: "serve" };

/**
 * Makes the fixture app on the deployer another one and commits it, as its developer would.
 *
 * @returns the new commit, in full.
 * @throws HarnessError when git refuses.
 */
export async function commitHello(
  deployer: Deployer,
  settings: Pick<HelloSettings, "version"> & Partial<HelloSettings>,
): Promise<string> {
  const written = { ...asItWas, ...settings };
  await deployer.write(`${DEFAULT_APP}/settings.json`, `${JSON.stringify(written, null, 2)}\n`);
  return commitAll(deployer, `Version ${settings.version}`);
}

/**
 * Commits whatever changed in the fixture app.
 *
 * @returns the new commit, in full.
 * @throws HarnessError when git refuses.
 */
export async function commitAll(deployer: Deployer, message: string): Promise<string> {
  const committed = await deployer.run("git add --all && git commit --quiet --file=- && git rev-parse HEAD", {
    cwd: DEFAULT_APP,
    input: message,
  });
  if (committed.exitCode !== 0)
    throw new HarnessError("SANDBOX_FAILED", {
      cause: `git on the deployer ended with ${committed.exitCode}`,
      details: committed.output.split("\n").slice(-5),
    });
  return committed.stdout.trim();
}
