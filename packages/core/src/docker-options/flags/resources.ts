import type { ContainerSettings } from "../container-settings.ts";
import { aSwitch, aText, aValue, type Flag, type FlagTable, someTexts, someValues } from "../flag.ts";
import { bytes, bytesOrUnlimited, commaFields, pair, whole } from "../values.ts";

type HostNumber =
  | "CpuShares"
  | "CpuPeriod"
  | "CpuQuota"
  | "CpuRealtimePeriod"
  | "CpuRealtimeRuntime"
  | "CpuCount"
  | "CpuPercent"
  | "BlkioWeight"
  | "OomScoreAdj"
  | "PidsLimit"
  | "MemorySwappiness";

function count(key: HostNumber): Flag {
  return aValue(whole, "a whole number", (settings, value) => {
    settings.HostConfig[key] = value;
  });
}

function memory(key: "Memory" | "MemoryReservation" | "KernelMemory" | "ShmSize"): Flag {
  return aValue(bytes, "a size such as 512m", (settings, value) => {
    settings.HostConfig[key] = value;
  });
}

/** `PATH:RATE`, the rate a size or a number. */
function rate(
  key:
    | "BlkioDeviceReadBps"
    | "BlkioDeviceWriteBps"
    | "BlkioDeviceReadIOps"
    | "BlkioDeviceWriteIOps"
    | "BlkioWeightDevice",
  read: (text: string) => number | null,
): Flag {
  const amount = key === "BlkioWeightDevice" ? "Weight" : "Rate";
  return someValues(
    (text) => {
      const [, path, value] = /^(\/dev\/.+):([^:]+)$/.exec(text) ?? [];
      const understood = value === undefined ? null : read(value);
      return path === undefined || understood === null ? null : { Path: path, [amount]: understood };
    },
    "/dev/NAME:RATE",
    (settings, limit) => {
      const former: unknown[] = settings.HostConfig[key] ?? [];
      settings.HostConfig[key] = [...former, limit];
    },
  );
}

/** `nofile=1024:2048`, or one number for both. */
function ulimit(text: string): { Name: string; Soft: number; Hard: number } | null {
  const [, name, soft, hard] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(text) ?? [];
  if (name === undefined || soft === undefined) return null;
  return { Name: name, Soft: Number(soft), Hard: Number(hard ?? soft) };
}

type DeviceRequest = NonNullable<ContainerSettings["HostConfig"]["DeviceRequests"]>[number];

/** `all`, a count, or `device=0,driver=nvidia,"capabilities=compute,utility"`. */
function gpus(text: string): DeviceRequest | null {
  const request: DeviceRequest = { Driver: "", Count: 0, Capabilities: [], Options: {} };
  const capabilities: string[] = [];
  const fields = commaFields(text);
  if (fields === null) return null;
  for (const field of fields) {
    const [, key = "count", value = field] = /^(\w+)=(.*)$/.exec(field) ?? [];
    if (key === "count") request.Count = value === "all" ? -1 : (whole(value) ?? Number.NaN);
    else if (key === "device") request.DeviceIDs = value.split(",");
    else if (key === "driver") request.Driver = value;
    else if (key === "capabilities") capabilities.push(...value.split(","));
    else if (key === "options")
      request.Options = Object.fromEntries(value.split(",").map((part) => part.split("=", 2)));
    else return null;
  }
  if (Number.isNaN(request.Count)) return null;
  if (request.Count === 0 && request.DeviceIDs === undefined) request.Count = 1;
  return { ...request, Capabilities: [[...new Set([...capabilities, "gpu"])]] };
}

const named = /^[^/]+\/[^/]+=.+$/;

/** `/dev/a[:/dev/b][:rwm]`, or a CDI name such as `vendor.com/class=name`. */
function device(
  text: string,
): { PathOnHost: string; PathInContainer: string; CgroupPermissions: string } | string | null {
  if (!text.startsWith("/") && named.test(text)) return text;
  const parts = text.split(":");
  const last = parts.length > 1 && /^[rwm]+$/.test(parts.at(-1) ?? "") ? parts.pop() : undefined;
  const [onHost, inContainer = onHost] = parts;
  if (!onHost || !inContainer || parts.length > 2) return null;
  return { PathOnHost: onHost, PathInContainer: inContainer, CgroupPermissions: last ?? "rwm" };
}

function addDeviceRequest(settings: ContainerSettings, request: DeviceRequest): void {
  settings.HostConfig.DeviceRequests = [...(settings.HostConfig.DeviceRequests ?? []), request];
}

/** How much of the machine a container may use, and which of its devices. */
export const resources: FlagTable = {
  memory: memory("Memory"),
  "memory-reservation": memory("MemoryReservation"),
  "kernel-memory": memory("KernelMemory"),
  "shm-size": memory("ShmSize"),
  "memory-swap": aValue(bytesOrUnlimited, "a size such as 1g, or -1", (settings, value) => {
    settings.HostConfig.MemorySwap = value;
  }),
  "memory-swappiness": count("MemorySwappiness"),
  cpus: aValue(
    (text) => (/^\d*\.?\d+$/.test(text) ? Math.round(Number(text) * 1e9) : null),
    "a number such as 1.5",
    (settings, value) => {
      settings.HostConfig.NanoCpus = value;
    },
  ),
  "cpu-shares": count("CpuShares"),
  "cpu-period": count("CpuPeriod"),
  "cpu-quota": count("CpuQuota"),
  "cpu-rt-period": count("CpuRealtimePeriod"),
  "cpu-rt-runtime": count("CpuRealtimeRuntime"),
  "cpu-count": count("CpuCount"),
  "cpu-percent": count("CpuPercent"),
  "cpuset-cpus": aText((settings, value) => {
    settings.HostConfig.CpusetCpus = value;
  }),
  "cpuset-mems": aText((settings, value) => {
    settings.HostConfig.CpusetMems = value;
  }),
  "blkio-weight": count("BlkioWeight"),
  "blkio-weight-device": rate("BlkioWeightDevice", whole),
  "device-read-bps": rate("BlkioDeviceReadBps", bytes),
  "device-write-bps": rate("BlkioDeviceWriteBps", bytes),
  "device-read-iops": rate("BlkioDeviceReadIOps", whole),
  "device-write-iops": rate("BlkioDeviceWriteIOps", whole),
  "oom-score-adj": count("OomScoreAdj"),
  "oom-kill-disable": aSwitch((settings, on) => {
    settings.HostConfig.OomKillDisable = on;
  }),
  "pids-limit": count("PidsLimit"),
  ulimit: someValues(ulimit, "NAME=SOFT[:HARD], such as nofile=1024:2048", (settings, value) => {
    settings.HostConfig.Ulimits = [...(settings.HostConfig.Ulimits ?? []), value];
  }),
  gpus: aValue(gpus, "all, a number, or device=…", addDeviceRequest),
  device: someValues(device, "/dev/NAME[:/dev/NAME][:rwm]", (settings, value) => {
    if (typeof value === "string") {
      addDeviceRequest(settings, { Driver: "cdi", DeviceIDs: [value] });
      return;
    }
    const former: unknown[] = settings.HostConfig.Devices ?? [];
    settings.HostConfig.Devices = [...former, value];
  }),
  "device-cgroup-rule": someTexts((settings, value) => {
    settings.HostConfig.DeviceCgroupRules = [...(settings.HostConfig.DeviceCgroupRules ?? []), value];
  }),
  "cgroup-parent": aText((settings, value) => {
    settings.HostConfig.CgroupParent = value;
  }),
  "storage-opt": someValues(pair, "NAME=VALUE", (settings, [name, value]) => {
    settings.HostConfig.StorageOpt = { ...settings.HostConfig.StorageOpt, [name]: value };
  }),
};
