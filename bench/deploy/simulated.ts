import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { aServingHost } from "../../packages/core/src/hosts/testing/serving-host.ts";
import { type SimulatedFleet, simulateFleet } from "../../packages/core/src/hosts/testing/simulated-fleet.ts";
import { median } from "../lib/median.ts";
import { type Row, rowOf } from "../lib/row.ts";
import type { MeasuredCommand } from "../sandbox/on-deployer.ts";

const run = promisify(execFile);
const MEASURE = fileURLToPath(new URL("../sandbox/measure.mjs", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../packages/", import.meta.url));

const RUNS = 3;
/** Twice as many hosts may take twice as long, and a little for what is done once. */
const LINEAR = 2.2;

/** `deploy plan` for hosts that are simulated: they are in this process, so only what it costs us is measured. */
export async function simulatedRows(): Promise<Row[]> {
  const half = await plansOf(100);
  const whole = await plansOf(200);
  const planning = "deploy plan, 200 simulated hosts";
  return [
    rowOf({ case: planning, metric: "time", unit: "s", samples: whole.map(({ ms }) => ms / 1000) }),
    rowOf({
      case: planning,
      metric: "time against 100 hosts",
      unit: "×",
      samples: [median(whole.map(({ ms }) => ms)) / median(half.map(({ ms }) => ms))],
      atMost: LINEAR,
    }),
    rowOf({
      case: planning,
      metric: "peak memory",
      unit: "MB",
      samples: whole.map(({ peakKb }) => peakKb / 1024),
      atMost: 300,
    }),
  ];
}

async function plansOf(hosts: number): Promise<MeasuredCommand[]> {
  const fleet = await simulateFleet(hosts, aServingHost);
  const home = mkdtempSync(join(tmpdir(), "simulated-fleet-"));
  try {
    install(join(home, "tool"));
    await makeProject(home, fleet);
    const runs: MeasuredCommand[] = [];
    for (let index = 0; index < RUNS; index += 1) runs.push(await plan(home));
    const connections = fleet.hosts.map((host) => fleet.askedOf(host).connections);
    if (connections.some((count) => count !== RUNS)) throw new Error("a plan took more than one connection");
    return runs;
  } finally {
    fleet.close();
    rmSync(home, { recursive: true });
  }
}

async function plan(home: string): Promise<MeasuredCommand> {
  const env = { PATH: process.env["PATH"], HOME: home, USER: "bench" };
  const { stdout } = await run(
    process.execPath,
    [MEASURE, process.execPath, join(home, "tool/bin/deploy.js"), "plan", "--json"],
    {
      cwd: home,
      env,
      maxBuffer: 1e8,
    },
  );
  const measured = JSON.parse(stdout) as MeasuredCommand;
  if (measured.exitCode !== 0)
    throw new Error(`deploy plan ended with ${measured.exitCode}: ${measured.output}`);
  return measured;
}

/** The command as it was built last, beside the libraries that it would be installed with. */
function install(place: string): void {
  mkdirSync(join(place, "node_modules"), { recursive: true });
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(PACKAGES, "cli", part), join(place, part), { recursive: true });
  const libraries = new Map(
    ["core", "cli"].flatMap((owner) => {
      const folder = join(PACKAGES, owner, "node_modules");
      return readdirSync(folder).map((name) => [name, join(folder, name)] as const);
    }),
  );
  for (const [name, path] of libraries)
    if (/^[a-z]/.test(name)) symlinkSync(path, join(place, "node_modules", name));
}

async function makeProject(
  home: string,
  { hosts, port, knownHosts, userKey }: SimulatedFleet,
): Promise<void> {
  for (const folder of [".ssh", ".cutover", "config"]) mkdirSync(join(home, folder));
  const write = (path: string, text: string) => writeFileSync(join(home, path), text, { mode: 0o600 });
  write(".ssh/known_hosts", knownHosts);
  write("id", userKey);
  write(".cutover/secrets", "REGISTRY_PASSWORD=simulated\n");
  write("Dockerfile", "FROM scratch\n");
  const config = {
    service: "shop",
    image: "shop",
    servers: hosts,
    registry: { server: "registry.test", username: "bench", password: ["REGISTRY_PASSWORD"] },
    ssh: { port, keys: ["id"], keys_only: true, config: false },
    builder: { arch: "amd64" },
  };
  // JSON is YAML.
  write("config/deploy.yml", JSON.stringify(config, null, 2));
  write(".gitignore", "id\n.ssh\n.cutover\n.cache\ntool\n");
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", ...args], { cwd: home });
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "First commit");
}
