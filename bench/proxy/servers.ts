import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Tools } from "./tools.ts";

const proxyMain = fileURLToPath(new URL("../../packages/proxy/src/main.ts", import.meta.url));

/** Something that serves on a port, in one process that does the work. */
export interface Server {
  name: "origin" | "nginx" | "haproxy" | "cutover";
  port: number;
  /** The process whose time and memory count. */
  pid: number;
  child: ChildProcess;
}

const ports = { origin: 4600, nginx: 4601, haproxy: 4602, cutover: 4603, https: 4604 } as const;

/** The origin, as the proxy under test is told of it. */
export const originTarget = `127.0.0.1:${ports.origin}`;

/** An origin, and three proxies in front of it. */
export async function startServers(folder: string, tools: Tools): Promise<Server[]> {
  const env = { ...process.env, LD_LIBRARY_PATH: tools.libraries };
  const run = (command: string, args: string[]) =>
    spawn(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(join(folder, "origin.conf"), originConfig(folder));
  writeFileSync(join(folder, "nginx.conf"), nginxConfig(folder));
  writeFileSync(join(folder, "haproxy.conf"), haproxyConfig());
  const children = {
    origin: run(tools.nginx, ["-c", join(folder, "origin.conf"), "-p", folder]),
    nginx: run(tools.nginx, ["-c", join(folder, "nginx.conf"), "-p", folder]),
    haproxy: run(tools.haproxy, ["-db", "-f", join(folder, "haproxy.conf")]),
    cutover: run(process.execPath, [proxyMain, "run", ...proxyFlags(folder)]),
  };
  const servers = await Promise.all(
    (["origin", "nginx", "haproxy", "cutover"] as const).map(async (name): Promise<Server> => {
      await answering(ports[name]);
      const child = children[name];
      return { name, port: ports[name], child, pid: workerOf(child.pid ?? 0, name) };
    }),
  );
  deploy(folder, "r1");
  return servers;
}

export function stopServers(servers: readonly Server[]): Promise<unknown> {
  return Promise.all(
    servers.map(({ child }) => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      return ended;
    }),
  );
}

/** Makes the proxy under test switch to a release, which is the same origin each time. */
function deploy(folder: string, release: string): void {
  tell(folder, "prepare", ["--candidate", release, "--target", originTarget]);
  tell(folder, "commit", ["--candidate", release]);
}

/** Processor time so far, in milliseconds. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  // utime and stime, in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The most memory so far, in MB. */
export function peakMb(pid: number): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  return Number(peak) / 1024;
}

function tell(folder: string, verb: string, args: string[]): void {
  const socket = ["--socket", join(folder, "control.sock"), "--service", "bench"];
  execFileSync(process.execPath, [proxyMain, verb, ...socket, ...args], { stdio: "ignore" });
}

function proxyFlags(folder: string): string[] {
  const listen = ["--http-port", `${ports.cutover}`, "--https-port", `${ports.https}`];
  return [...listen, "--state", join(folder, "state"), "--socket", join(folder, "control.sock")];
}

/** The work of nginx and of ours is done by an only worker. */
function workerOf(pid: number, name: Server["name"]): number {
  if (name === "haproxy") return pid;
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").trim().split(" ")[0]);
}

async function answering(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false));
      socket.on("close", () => socket.destroy());
    });
    if (connected) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers on port ${port}`);
}

function nginxCommon(folder: string, name: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${name}-${kind};`,
  );
  return `access_log off; keepalive_requests 100000000; sendfile on; tcp_nodelay on; ${temporary.join(" ")}`;
}

function nginxFrame(folder: string, name: string, http: string): string {
  return `daemon off; worker_processes 1; pid ${folder}/${name}.pid; error_log stderr crit;
events { worker_connections 8192; }
http { ${nginxCommon(folder, name)} ${http} }\n`;
}

function originConfig(folder: string): string {
  mkdirSync(join(folder, "files"), { recursive: true });
  writeFileSync(join(folder, "files/1k"), Buffer.alloc(1_024, "x"));
  writeFileSync(join(folder, "files/100k"), Buffer.alloc(102_400, "x"));
  writeFileSync(join(folder, "files/10m"), Buffer.alloc(10_485_760, "x"));
  return nginxFrame(
    folder,
    "origin",
    `open_file_cache max=16; server { listen 127.0.0.1:${ports.origin} backlog=4096; root ${folder}/files; location = /up { return 200; } }`,
  );
}

function nginxConfig(folder: string): string {
  return nginxFrame(
    folder,
    "nginx",
    `upstream origin { server 127.0.0.1:${ports.origin}; keepalive 1024; keepalive_requests 100000000; }
server { listen 127.0.0.1:${ports.nginx} backlog=4096; location / { proxy_pass http://origin; proxy_http_version 1.1;
proxy_set_header Connection ""; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Request-Id $request_id; } }`,
  );
}

function haproxyConfig(): string {
  return `global
  nbthread 1
  maxconn 8192
defaults
  mode http
  timeout connect 5s
  timeout client 75s
  timeout server 30s
  option forwardfor
  http-reuse always
frontend front
  bind 127.0.0.1:${ports.haproxy}
  default_backend origin
backend origin
  server origin 127.0.0.1:${ports.origin}
`;
}
