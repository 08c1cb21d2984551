// Runs a TypeScript file of this repository with the Node and pnpm it was written for,
// whatever the machine has. Plain JavaScript without dependencies, because it runs
// before anything is installed, on any Node from 20 on.
//
//   node scripts/with-toolchain.mjs FILE.ts [ARGUMENT...]

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_VERSION = "24.21.0";
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const pnpmVersion = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager.split("@")[1];
const cache =
  process.env.CUTOVER_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "cutover");

/** Standard output belongs to the command (`--json`), so progress goes to standard error. */
function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(80);
}

/**
 * The folder with `name`'s executables, installed from npm into the cache when it is
 * not there. It is installed beside its place and renamed into it, so that a run
 * killed half-way leaves nothing that looks complete.
 */
function installed(name, version) {
  const place = join(cache, "toolchain", `${name}-${version}`);
  const executables = join(place, "node_modules", ".bin");
  if (existsSync(join(executables, name))) return executables;
  say(`Installing ${name} ${version} into ${place} (the system's own is left alone)`);
  mkdirSync(dirname(place), { recursive: true });
  const staging = mkdtempSync(`${place}.partial-`);
  const npm = spawnSync(
    "npm",
    [
      "install",
      "--prefix",
      staging,
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      `${name}@${version}`,
    ],
    { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", shell: process.platform === "win32" },
  );
  if (npm.status !== 0 || !existsSync(join(staging, "node_modules", ".bin", name))) {
    rmSync(staging, { recursive: true, force: true });
    fail(`${name} ${version} could not be installed from npm: ${npm.error?.message ?? npm.stderr.trim()}`);
  }
  rmSync(place, { recursive: true, force: true });
  try {
    renameSync(staging, place);
  } catch (error) {
    // Another run may have finished the same install a moment ago; its result serves as well.
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(join(executables, name))) throw error;
  }
  return executables;
}

function nodeExecutables() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return dirname(process.execPath);
  return installed("node", NODE_VERSION);
}

/** What `pnpm install` depends on; when it has not changed, neither has its result. */
function dependencyFingerprint() {
  const files = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"];
  for (const name of ["core", "cli", "proxy", "harness"]) files.push(join("packages", name, "package.json"));
  const hash = createHash("sha256").update(pnpmVersion);
  for (const file of files) if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function installDependencies(environment) {
  const stamp = join(root, "node_modules", ".cutover-dependencies");
  const fingerprint = dependencyFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint) return;
  say("Installing the workspace's npm packages with pnpm");
  // A first download may be cut short by the network; what was fetched stays in pnpm's store,
  // so a second try only fetches the rest.
  let result;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    result = spawnSync(
      "pnpm",
      ["install", "--frozen-lockfile", "--reporter=append-only", "--config.confirmModulesPurge=false"],
      {
        cwd: root,
        env: environment,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    if (result.status === 0) {
      writeFileSync(stamp, fingerprint);
      return;
    }
  }
  fail(`pnpm install failed:\n${result.stdout}${result.stderr}`);
}

const [file, ...args] = process.argv.slice(2);
if (Number(process.versions.node.split(".")[0]) < 20)
  fail(`Node ${process.versions.node} is too old: 20 or later is needed.`);
if (!file) fail("usage: node scripts/with-toolchain.mjs FILE.ts [ARGUMENT...]");

const node = nodeExecutables();
const path = [node, installed("pnpm", pnpmVersion), process.env.PATH].join(delimiter);
const environment = { ...process.env, PATH: path };
installDependencies(environment);

const child = spawn(join(node, "node"), [join(root, file), ...args], { env: environment, stdio: "inherit" });
// A terminal's Ctrl-C reaches the child too; this process only has to outlive its clean-up.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGTERM" ? 143 : 130);
});
