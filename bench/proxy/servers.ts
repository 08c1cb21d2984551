import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CertificatePair } from "../../packages/proxy/src/tls/pair.ts";
import { selfSigned } from "../../packages/proxy/src/tls/testing/self-signed.ts";
import { type CertificateFiles, writeConfigs } from "./configs.ts";
import { CutoverUnderTest } from "./cutover.ts";
import { echoPort, ports, type ServerName } from "./ports.ts";
import { accepting, run, stop, workerOf } from "./processes.ts";
import type { Tools } from "./tools.ts";

/** Something that serves, in one process that does the work. */
export interface Server {
  name: ServerName;
  /** The process whose time and memory count. */
  pid: number;
}

/** An origin, three proxies in front of it, and the least that one on Node can be. */
export class Servers {
  readonly all: Server[] = [];
  readonly cutover: CutoverUnderTest;
  readonly #children: readonly ChildProcess[];
  readonly #uploads: string;

  private constructor(children: readonly ChildProcess[], cutover: CutoverUnderTest, uploads: string) {
    this.#children = children;
    this.cutover = cutover;
    this.#uploads = uploads;
  }

  static async start(folder: string, tools: Tools): Promise<Servers> {
    // In memory: what a disk does is not what is measured. nginx gives up root.
    const uploads = mkdtempSync("/dev/shm/cutover-bench-");
    mkdirSync(join(uploads, "temporary"));
    run(tools, "chmod", ["-R", "777", uploads]);
    const pair = selfSigned("localhost");
    const files = writePair(folder, pair);
    writeConfigs(folder, uploads, files);
    const cutover = await CutoverUnderTest.in(folder);
    const node = (program: URL, ...args: string[]) =>
      run(tools, process.execPath, [fileURLToPath(program), ...args]);
    const nginx = (name: string) => run(tools, tools.nginx, ["-c", join(folder, name), "-p", folder]);
    const children: Record<ServerName, ChildProcess> = {
      origin: nginx("origin.conf"),
      nginx: nginx("nginx.conf"),
      haproxy: run(tools, tools.haproxy, ["-db", "-f", join(folder, "haproxy.conf")]),
      floor: node(new URL("floor-program.ts", import.meta.url), ...floorArgs(files)),
      cutover: cutover.start(),
    };
    const echo = node(new URL("echo-program.ts", import.meta.url), `${echoPort}`);
    const servers = new Servers([...Object.values(children), echo], cutover, uploads);
    try {
      await accepting(echoPort);
      for (const [name, child] of Object.entries(children) as [ServerName, ChildProcess][]) {
        await accepting(ports[name].http);
        const pid = child.pid ?? 0;
        servers.all.push({ name, pid: worksAlone(name) ? pid : workerOf(pid) });
      }
      await accepting(cutover.socketOf("state"));
      await cutover.configure(pair);
    } catch (error) {
      await servers.stop();
      throw error;
    }
    return servers;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map(stop));
    rmSync(this.#uploads, { recursive: true });
  }
}

/** Whether it is the process itself that serves, and not one that it starts. */
function worksAlone(name: ServerName): boolean {
  return name === "haproxy" || name === "floor";
}

function floorArgs({ certificate, key }: CertificateFiles): string[] {
  const { http, https } = ports.floor;
  return [`${http}`, `${https}`, `${ports.origin.http}`, certificate, key];
}

function writePair(folder: string, { certificate, privateKey }: CertificatePair): CertificateFiles {
  const files = {
    certificate: join(folder, "certificate.pem"),
    key: join(folder, "key.pem"),
    both: join(folder, "both.pem"),
  };
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, privateKey);
  writeFileSync(files.both, certificate + privateKey);
  return files;
}
