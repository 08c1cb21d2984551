import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkout } from "../checkout.ts";
import { execIn } from "../sandbox/exec.ts";
import { placeOfSandbox } from "../vitest/worker-sandbox.ts";
import { dockerAt } from "./ask.ts";
import { type Engine, ensureEngine } from "./ensure-engine.ts";

const never = new AbortController().signal;
const sandboxCommand = join(checkout, "packages/harness/src/command/sandbox.ts");
let engine: Engine;

beforeAll(async () => {
  engine = await ensureEngine({ env: process.env, say: () => {}, signal: never });
});

describe("where an engine answers", () => {
  test("it is used as it is, with a docker command that has Compose and buildx", () => {
    for (const plugin of ["compose", "buildx"]) {
      const ran = spawnSync("docker", [plugin, "version"], { env: engine.env, encoding: "utf8" });
      expect(ran.status, ran.stderr).toBe(0);
    }
  });
});

describe("where an engine is named that does not answer", () => {
  test("the command says so in a sentence and ends with 32", () => {
    const env = { ...process.env, DOCKER_HOST: "unix:///nowhere/docker.sock" };
    const ran = spawnSync(process.execPath, [sandboxCommand, "up"], { env, encoding: "utf8" });
    expect(ran.status).toBe(32);
    expect(ran.stderr).toContain("No Docker engine answers at unix:///nowhere/docker.sock");
    expect(ran.stderr).toContain("Next: Start that engine, or unset DOCKER_HOST.");
  });
});

/** A container with nothing but Debian and Node is as bare a machine as there is. */
describe("on a bare Debian", () => {
  let container = "";

  beforeAll(async () => {
    const docker = dockerAt(engine.dockerHost);
    const { project } = placeOfSandbox();
    const bare = await docker.createContainer({
      Image: "node:24-trixie-slim",
      Cmd: ["sleep", "infinity"],
      // The engine's data must not lie on another engine's overlay, and apt may use the sandbox's cache.
      Volumes: { "/var/cache/engine": {} },
      Env: ["CUTOVER_CACHE=/var/cache/engine"],
      Labels: { "cutover.sandbox": project, "com.docker.compose.project": project },
      HostConfig: {
        Privileged: true,
        Init: false,
        NetworkMode: `${project}_default`,
        Binds: [`${checkout}:/checkout:ro`],
      },
    });
    container = bare.id;
    await bare.start();
    await inContainer(
      "echo 'Acquire::http::Proxy \"http://packages:3142\";' > /etc/apt/apt.conf.d/90packages",
    );
  });

  afterAll(async () => {
    if (container) await dockerAt(engine.dockerHost).getContainer(container).remove({ force: true, v: true });
  });

  const inContainer = (command: string, env: Record<string, string> = {}) =>
    execIn(dockerAt(engine.dockerHost), container, ["bash", "-c", command], { cwd: "/checkout", env });

  const useEngine = (then: string) => `node --input-type=module --eval '
    const { ensureEngine } = await import("/checkout/packages/harness/src/engine/ensure-engine.ts");
    const say = (line) => console.log(line);
    const engine = await ensureEngine({ env: process.env, say, signal: new AbortController().signal });
    const { spawnSync } = await import("node:child_process");
    const docker = (...args) => spawnSync("docker", args, { env: engine.env, encoding: "utf8" }).stdout.trim();
    ${then}'`;

  test("without the right to start one, the command says what would help and ends with 32", async () => {
    const ran = await inContainer(
      "su node --shell /bin/bash --command 'CUTOVER_CACHE=/tmp/cache node packages/harness/src/command/sandbox.ts up'",
    );
    expect(ran.exitCode, ran.output).toBe(32);
    expect(ran.output).toContain("that takes root");
  });

  test("one is brought up, says what it does, and its last user stops it", async () => {
    const ran = await inContainer(
      useEngine(
        'console.log("version", docker("version", "--format", "{{.Server.Version}}")); await engine.release();',
      ),
    );
    expect(ran.exitCode, ran.output).toBe(0);
    expect(ran.stdout).toMatch(/Downloading .*docker\.io.* \(nothing is installed\)/);
    expect(ran.stdout).toContain("Starting a Docker engine of our own");
    expect(ran.stdout).toMatch(/version \d+\.\d+/);
    expect((await inContainer("pgrep --runstates S,R dockerd || dpkg --status docker.io")).exitCode).not.toBe(
      0,
    );
  });

  test("one that a killed run left is used again, and stopped by the next", async () => {
    const killed = await inContainer(useEngine('process.kill(process.pid, "SIGKILL");'));
    expect(killed.exitCode).toBe(137);
    const next = await inContainer(useEngine('await engine.release(); console.log("released");'));
    expect(next.stdout).toBe("released\n");
    expect((await inContainer("ls /run/cutover-engine-*/docker.sock")).exitCode).not.toBe(0);
  });

  test("one stays while a container runs on it", async () => {
    // With what links point to: an image without its linker ends at once, and was only sometimes seen to run.
    const makeImage =
      'tar -ch -C / usr/bin/sleep $(ldd /usr/bin/sleep | grep -o "/[^ ]*" | cut -c2-) | docker import - tiny';
    const ran = await inContainer(
      useEngine(`spawnSync("bash", ["-c", ${JSON.stringify(makeImage)}], { env: engine.env });
        docker("run", "--detach", "--name", "stays", "--network", "none", "tiny", "/usr/bin/sleep", "600");
        await engine.release(); console.log("left:", docker("ps", "--format", "{{.Names}} {{.State}}"));
        docker("rm", "--force", "stays"); await engine.release();`),
    );
    expect(ran.stdout, ran.output).toContain("left: stays running");
    expect((await inContainer("ls /run/cutover-engine-*/docker.sock")).exitCode).not.toBe(0);
  });
});
