import { execFile, execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { isDeepStrictEqual, promisify } from "node:util";
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allFlags } from "./flags/all.ts";
import { type FlagValue, translateDockerFlags } from "./translate.ts";

/** The image, the network and the volume all have this name, and the containers come from the image. */
const image = `cutover-options-test-${checkout().toString("hex").slice(0, 8)}`;
/** The network's first three numbers. */
const subnet = `198.19.${checkout()[0]}`;

/** What tells this checkout from others, which may be tested at the same time on the same engine. */
function checkout(): Buffer {
  return createHash("sha256")
    .update(import.meta.dirname)
    .digest();
}

/** Values for each flag, as a configuration has them. A flag without any here has to be named below. */
const cases: Record<string, FlagValue[]> = {
  "add-host": ["db:192.0.2.1", ["db:192.0.2.1", "gate=host-gateway"], "six=[2001:db8::1]"],
  annotation: ["com.example.key=value"],
  "blkio-weight": ["300"],
  "cap-add": ["NET_ADMIN", ["NET_ADMIN", "SYS_PTRACE"]],
  "cap-drop": ["ALL"],
  "cgroup-parent": ["/shop"],
  cgroupns: ["host"],
  "cpu-period": ["50000"],
  "cpu-quota": ["25000"],
  "cpu-shares": ["512"],
  cpus: ["1.5", ".5", "2"],
  "cpuset-cpus": ["0"],
  "cpuset-mems": ["0"],
  detach: [],
  device: ["/dev/null", "/dev/null:/dev/nothing", "/dev/null:/dev/nothing:r", "/dev/null:rw"],
  "device-cgroup-rule": ["c 1:3 mr"],
  dns: ["192.0.2.53", ["192.0.2.53", "192.0.2.54"]],
  "dns-option": ["ndots:2"],
  "dns-search": ["example.com"],
  domainname: ["example.com"],
  entrypoint: ["/bin/sh"],
  env: ["A=1", ["A=1", "B=two words", "C=a=b", "D="]],
  expose: ["3000", "3000/udp", "3000-3002"],
  gpus: [
    "all",
    "2",
    "device=0",
    '"device=0,1"',
    'device=0,"capabilities=compute,utility"',
    "driver=nvidia,count=1",
  ],
  "group-add": ["audio"],
  "health-cmd": ['curl -f "http://localhost/up" || exit 1'],
  "health-interval": ["10s", "1m30s", "1.5s"],
  "health-retries": ["5"],
  "health-start-interval": ["2s"],
  "health-start-period": ["500ms"],
  "health-timeout": ["3s"],
  hostname: ["shop"],
  init: [true, "true", "false"],
  ip: [],
  ip6: [],
  ipc: ["host", "shareable"],
  isolation: ["default"],
  label: ["team=shop", ["team=shop", "bare"]],
  link: [],
  "link-local-ip": [],
  "log-driver": ["json-file", "none"],
  "log-opt": ["max-size=5m", ["max-size=5m", "max-file=2"]],
  "mac-address": ["02:42:ac:11:00:05"],
  memory: ["512m", "1.5g", "134217728", "512MiB", "64mb"],
  "memory-reservation": ["256m"],
  "memory-swappiness": ["10"],
  mount: [
    `type=volume,source=${image},target=/data`,
    `type=volume,src=${image},dst=/data,volume-nocopy`,
    `type=volume,source=${image},target=/data,readonly`,
    "type=bind,source=/tmp,target=/host,ro,bind-propagation=rslave",
    "type=bind,source=/tmp,target=/host,bind-recursive=disabled",
    "type=tmpfs,destination=/scratch,tmpfs-size=64m,tmpfs-mode=1770",
    'type=volume,target=/data,"volume-label=team=shop"',
    'type=volume,target=/data,volume-driver=local,"volume-opt=o=uid=1000,gid=1000",volume-opt=type=tmpfs,volume-opt=device=tmpfs',
  ],
  network: ["host", "none", "bridge"],
  "network-alias": [],
  "no-healthcheck": [true],
  "oom-kill-disable": [],
  "oom-score-adj": ["100"],
  pid: ["host"],
  "pids-limit": ["200", "-1"],
  platform: ["linux/amd64"],
  privileged: [true],
  publish: [
    "8080:80",
    "127.0.0.1:8080:80",
    "[::1]:8080:80",
    "80",
    "8080:80/udp",
    "8000-8002:9000-9002",
    "8000-8010:80",
    "127.0.0.1::80",
    ["8080:80", "127.0.0.1:8081:80", "8443:443"],
    "published=8080,target=80,protocol=tcp",
  ],
  "publish-all": [true],
  quiet: [],
  "read-only": [true],
  restart: ["no", "always", "unless-stopped", "on-failure", "on-failure:5"],
  runtime: ["runc"],
  "security-opt": [
    "no-new-privileges",
    "seccomp=unconfined",
    "apparmor=unconfined",
    "systempaths=unconfined",
  ],
  "shm-size": ["1gb", "64m"],
  "sig-proxy": [],
  "disable-content-trust": [],
  "stop-signal": ["SIGQUIT"],
  "stop-timeout": ["45"],
  sysctl: ["net.core.somaxconn=1024", ["net.core.somaxconn=1024", "net.ipv4.ip_forward=1"]],
  tmpfs: ["/tmp", "/tmp:size=64m,mode=1777"],
  tty: [true],
  ulimit: ["nofile=1024:2048", "nofile=1024", ["nofile=1024", "nproc=64:128"]],
  user: ["1000:1000"],
  userns: ["host"],
  uts: ["host"],
  volume: [`${image}:/data`, `${image}:/data:ro`, "/tmp:/host", "/anonymous"],
  "volume-driver": ["local"],
  "volumes-from": [],
  workdir: ["/app"],
};

/** Flags that only mean something beside others. */
const together: Record<string, FlagValue>[] = [
  { memory: "512m", "memory-swap": "1g" },
  { memory: "512m", "memory-swap": "-1" },
  { "log-driver": "json-file", "log-opt": "max-size=5m" },
  { network: image, "network-alias": ["web", "app"] },
  { network: image, ip: `${subnet}.5` },
  { network: `name=${image},alias=web` },
  { network: image, "link-local-ip": "169.254.7.7" },
  { memory: "512m", "oom-kill-disable": true },
  { "health-cmd": "true", "health-interval": "5s", "health-retries": "2" },
];

/** What this engine, or its kernel, does not have, so that there is nothing to compare with. */
const notHere = [
  "blkio-weight-device",
  "cpu-count",
  "cpu-percent",
  "cpu-rt-period",
  "cpu-rt-runtime",
  "kernel-memory",
  "memory-swap",
  "storage-opt",
];

/** Flags of which the docker command of 26.1 sends an empty list to the engine, whatever it was given. */
const lostByDocker: Record<string, [value: string, key: string, rate: number]> = {
  "device-read-bps": ["/dev/null:1mb", "BlkioDeviceReadBps", 1_048_576],
  "device-read-iops": ["/dev/null:1000", "BlkioDeviceReadIOps", 1000],
  "device-write-bps": ["/dev/null:2mb", "BlkioDeviceWriteBps", 2_097_152],
  "device-write-iops": ["/dev/null:2000", "BlkioDeviceWriteIOps", 2000],
};

/** `docker create` stays attached to what is interactive; a deploy does not, as `docker run --detach`. */
const attached = ["interactive"];

let docker: Docker;
/** Containers without any flag, made in both ways. */
let plain: { byCommandLine: Inspected; byTranslation: Inspected };

beforeAll(async () => {
  docker = new Docker();
  removeWhatWasLeft();
  execFileSync("docker", ["build", "--quiet", "--tag", image, "-"], {
    input: 'FROM scratch\nCMD ["/none"]\n',
  });
  execFileSync("docker", ["network", "create", "--subnet", `${subnet}.0/24`, image]);
  plain = {
    byCommandLine: await inspected(await fromCommandLine({})),
    byTranslation: await inspected(await fromTranslation({})),
  };
});

afterAll(removeWhatWasLeft);

/** By this run, or by one that was killed. What is not there is no failure. */
function removeWhatWasLeft(): void {
  const ids = execFileSync("docker", ["ps", "--all", "--quiet", "--filter", `ancestor=${image}`], {
    encoding: "utf8",
  });
  const containers = ids.split("\n").filter((id) => id !== "");
  if (containers.length > 0) execFileSync("docker", ["rm", "--force", "--volumes", ...containers]);
  for (const kind of ["network", "volume", "image"]) spawnSync("docker", [kind, "rm", image]);
}

/** What Docker's own command line makes of the flags. */
async function fromCommandLine(options: Record<string, FlagValue>): Promise<string> {
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [value].flat().map((one) => `--${name}=${one}`),
  );
  const { stdout } = await promisify(execFile)("docker", ["create", ...flags, image]);
  return stdout.trim();
}

/** What the Engine API makes of our translation of them. */
async function fromTranslation(options: Record<string, FlagValue>): Promise<string> {
  const { settings, problems } = translateDockerFlags({ options });
  expect(problems).toEqual([]);
  const container = await docker.createContainer({ Image: image, ...settings });
  return container.id;
}

type Inspected = Record<string, unknown>;

/** A container as it was created, without what every container has of its own. */
async function inspected(id: string): Promise<Inspected> {
  const { Config, HostConfig, Mounts, NetworkSettings, Platform } = await docker.getContainer(id).inspect();
  const own = new RegExp(`^${id.slice(0, 12)}$`);
  return {
    Platform,
    HostConfig,
    // The command line sends variables in an order of its own, another one each time.
    Config: { ...Config, Hostname: Config.Hostname.replace(own, ""), Env: [...(Config.Env ?? [])].sort() },
    Mounts: Mounts.map((mount) => ({
      ...mount,
      Name: "",
      Source: mount.Type === "bind" ? mount.Source : "",
    })),
    Endpoints: Object.entries(NetworkSettings.Networks).map(
      ([name, { Aliases, IPAMConfig, Links, MacAddress }]) => ({
        name,
        IPAMConfig,
        Links,
        MacAddress,
        Aliases: (Aliases ?? []).filter((alias: string) => !own.test(alias)),
      }),
    ),
  };
}

/** Only what differs from a container made without flags; the two ways have defaults of their own. */
function changes(value: unknown, plain: unknown, path = ""): Record<string, unknown> {
  if (isDeepStrictEqual(value, plain)) return {};
  const isObject = (one: unknown): one is Record<string, unknown> =>
    typeof one === "object" && one !== null && !Array.isArray(one);
  if (!isObject(value)) return { [path]: value };
  const before = isObject(plain) ? plain : {};
  return Object.assign(
    {},
    ...Object.keys({ ...before, ...value }).map((key) => changes(value[key], before[key], `${path}.${key}`)),
  );
}

async function expectSame(options: Record<string, FlagValue>): Promise<void> {
  const byCommandLine = await inspected(await fromCommandLine(options));
  const byTranslation = await inspected(await fromTranslation(options));
  expect(changes(byTranslation, plain.byTranslation)).toEqual(changes(byCommandLine, plain.byCommandLine));
}

describe("what docker create makes of a flag, we make of it", () => {
  for (const [flag, values] of Object.entries(cases)) {
    for (const value of values) {
      it(`--${flag} ${JSON.stringify(value)}`, () => expectSame({ [flag]: value }));
    }
  }
  for (const options of together) {
    it(JSON.stringify(options), () => expectSame(options));
  }
});

for (const [flag, [value, key, rate]] of Object.entries(lostByDocker)) {
  it(`--${flag} reaches the engine`, async () => {
    const { HostConfig } = await inspected(await fromTranslation({ [flag]: value }));
    expect(HostConfig).toMatchObject({ [key]: [{ Path: "/dev/null", Rate: rate }] });
  });
}

it("keeps the input of what is interactive open without attaching to it", async () => {
  const { Config } = await inspected(await fromTranslation({ interactive: true }));
  expect(Config).toMatchObject({ OpenStdin: true, AttachStdin: false });
});

it("compares every flag that a deploy can have", () => {
  const elsewhere = [...notHere, ...attached, ...Object.keys(lostByDocker)];
  const missing = Object.entries(allFlags)
    .filter(([name, flag]) => flag.takes !== "nothing" && !(name in cases) && !elsewhere.includes(name))
    .map(([name]) => name);
  expect(missing).toEqual([]);
});

it("knows every flag of the docker command that is installed", () => {
  const help = execFileSync("docker", ["create", "--help"], { encoding: "utf8" });
  const unknown = [...help.matchAll(/--([a-z][\w-]+)/g)]
    .map(([, flag = ""]) => flag)
    .filter((flag) => !(flag in allFlags) && !["help"].includes(flag));
  expect([...new Set(unknown)]).toEqual([]);
});
