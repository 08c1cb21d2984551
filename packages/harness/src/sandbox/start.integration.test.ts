import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { dockerAt } from "../engine/ask.ts";
import { type Engine, ensureEngine } from "../engine/ensure-engine.ts";
import { sharedSandbox } from "../vitest/shared-sandbox.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";
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

afterEach(async () => {
  notes.length = 0;
  for (const sandbox of started.splice(0)) await sandbox.down();
});

describe("startSandbox", () => {
  test("gives a sandbox beside one that runs, apart from it", async () => {
    const shared = await sharedSandbox();
    const second = await start();

    await second.vm(1).run("touch /root/only-here");

    expect(second.project).not.toBe(shared.project);
    expect((await shared.vm(1).run("ls /root/only-here")).exitCode).not.toBe(0);
    expect((await shared.deployer.run("ssh -o BatchMode=yes vm1 hostname")).stdout).toBe("vm1\n");
  });

  test("removes the sandbox of a process that was killed, and no other", async () => {
    const shared = await sharedSandbox();
    const child = spawn(process.execPath, [join(import.meta.dirname, "testing", "start-and-wait.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const orphan = line.toString().trim();
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await projects()).toContain(orphan);

    await start();

    expect(notes).toContain(`Removing the sandbox ${orphan}, whose process was killed`);
    expect(await projects()).toContain(shared.project);
  });

  test("leaves nothing when it is called off in the middle", async () => {
    const controller = new AbortController();
    const starting = start({
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.type === "part" && progress.state === "healthy") controller.abort("SIGINT");
      },
    });
    await expect(starting).rejects.toBe("SIGINT");
    expect(await benchProjects()).toEqual([]);
  });

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

  test("publishes the load balancer on the port asked for", async () => {
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const address = free.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    free.close();
    await once(free, "close");

    const sandbox = await start({ port });

    expect(sandbox.loadBalancer.url).toBe(`http://127.0.0.1:${port}`);
    expect((await sandbox.loadBalancer.get("/")).status).toBe(502);
  });
});

describe("down", () => {
  test("leaves no container and no network, and keeps the registry's images", async () => {
    const sandbox = await start();
    await sandbox.down();
    const filters = { label: [`com.docker.compose.project=${sandbox.project}`] };
    expect(await docker.listContainers({ all: true, filters })).toEqual([]);
    expect(await docker.listNetworks({ filters })).toEqual([]);
    const { Volumes } = await docker.listVolumes();
    expect(Volumes.map(({ Name }) => Name)).toContain(`${sandbox.project}_registry`);
  });
});
