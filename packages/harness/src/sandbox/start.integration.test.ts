import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { dockerAt } from "../engine/ask.ts";
import { type Engine, ensureEngine } from "../engine/ensure-engine.ts";
import { placeOfSandbox, workerSandbox } from "../vitest/worker-sandbox.ts";
import { PARTS, type Sandbox, type SandboxOptions, type SandboxProgress } from "./sandbox.ts";
import { startSandbox } from "./start.ts";
import { surveySandboxes } from "./survey.ts";

const never = new AbortController().signal;
const engine: Engine = await ensureEngine({ env: process.env, say: () => {}, signal: never });
const docker = dockerAt(engine.dockerHost);

const notes: string[] = [];
const started: Sandbox[] = [];

async function start(different: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    engine,
    purpose: "bench",
    lifetime: "process",
    onProgress: (progress) => {
      if (progress.type === "note") notes.push(progress.text);
    },
    signal: never,
    ...different,
  });
  started.push(sandbox);
  return sandbox;
}

const projects = async () => (await surveySandboxes(docker)).map(({ project }) => project);
const benchProjects = async () => (await projects()).filter((project) => /-bench(-\d+)?$/.test(project));

afterEach(() => {
  notes.length = 0;
});
afterAll(async () => {
  for (const sandbox of started.splice(0)) await sandbox.down();
});

/** A port of this machine that nothing listens on. */
async function freePort(): Promise<number> {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const address = free.address();
  free.close();
  await once(free, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** All lines so far, after each. */
async function* linesOf(stream: Readable): AsyncGenerator<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    yield lines;
  }
}

describe("a start that comes to nothing", () => {
  test("removes the sandbox of a process that was killed and no other, and leaves nothing when it is called off", async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "testing", "start-and-wait.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    // All machines run by the time that all but one are up; the last takes longer than all the others.
    for await (const up of linesOf(child.stdout)) if (up.length === PARTS.length - 1) break;
    // With what it started, as a closed terminal does.
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await once(child, "exit");
    const [orphan] = await benchProjects();
    expect(orphan).toBeDefined();

    // Called off as soon as it comes to its own machines: what was left is removed before.
    const controller = new AbortController();
    const starting = start({ signal: controller.signal, onProgress: noteThenAbort(controller) });
    await expect(starting).rejects.toBe("SIGINT");

    expect(notes).toContain(`Removing the sandbox ${orphan}, whose process was killed`);
    expect(await projects()).toContain(placeOfSandbox().project);
    expect(await benchProjects()).toEqual([]);
  });

  const noteThenAbort = (controller: AbortController) => (progress: SandboxProgress) => {
    if (progress.type === "note") notes.push(progress.text);
    else if (progress.state === "healthy") controller.abort("SIGINT");
  };

  test("names the port that another program holds, and leaves nothing but its volumes", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      await expect(start({ port })).rejects.toMatchObject({
        code: "PORT_TAKEN",
        facts: { cause: expect.stringContaining(`${port} on 127.0.0.1 is taken by node`) },
      });
    } finally {
      holder.close();
    }
    expect(await benchProjects()).toEqual([]);
    const { Volumes } = await docker.listVolumes();
    expect(Volumes.map(({ Name }) => Name)).toContain("cutover-packages");
  });
});

/** Its tests use one sandbox, beside the one of this worker. */
describe("a second sandbox", () => {
  let port = 0;
  let second: Sandbox;
  let shared: Sandbox;

  beforeAll(async () => {
    port = await freePort();
    second = await start({ port });
    shared = await workerSandbox();
  });

  test("runs beside the first, apart from it", async () => {
    await second.vm(1).run("touch /root/only-here");

    expect(second.project).not.toBe(shared.project);
    expect((await shared.vm(1).run("ls /root/only-here")).exitCode).not.toBe(0);
    expect((await shared.deployer.run("ssh -o BatchMode=yes vm1 hostname")).stdout).toBe("vm1\n");
  });

  test("publishes its load balancer on the port asked for", async () => {
    expect(second.loadBalancer.url).toBe(`http://127.0.0.1:${port}`);
    expect((await second.loadBalancer.get("/")).status).toBe(502);
  });

  test("leaves no container and no network when it is taken down, and keeps the registry's images", async () => {
    await second.down();
    const filters = { label: [`com.docker.compose.project=${second.project}`] };
    expect(await docker.listContainers({ all: true, filters })).toEqual([]);
    expect(await docker.listNetworks({ filters })).toEqual([]);
    const { Volumes } = await docker.listVolumes();
    expect(Volumes.map(({ Name }) => Name)).toContain(`${second.project}_registry`);
  });
});
