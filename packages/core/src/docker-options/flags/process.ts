import {
  aSwitch,
  aText,
  aValue,
  type Flag,
  type FlagTable,
  notHere,
  someTexts,
  someValues,
} from "../flag.ts";
import { pair, whole } from "../values.ts";

function restartPolicy(text: string): { Name: string; MaximumRetryCount: number } | null {
  // YAML makes `false` of an unquoted `no`.
  if (text === "false") return { Name: "no", MaximumRetryCount: 0 };
  const [, name, count] = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(text) ?? [];
  if (name === undefined || (count !== undefined && name !== "on-failure")) return null;
  return { Name: name, MaximumRetryCount: Number(count ?? 0) };
}

function hostMode(
  key: "PidMode" | "IpcMode" | "UTSMode" | "UsernsMode" | "CgroupnsMode" | "Runtime" | "Isolation",
): Flag {
  return aText((settings, value) => {
    settings.HostConfig[key] = value;
  });
}

/** What is run in a container, as whom, and what it is told. */
export const process: FlagTable = {
  entrypoint: aText((settings, value) => {
    settings.Entrypoint = [value];
  }),
  user: aText((settings, value) => {
    settings.User = value;
  }),
  workdir: aText((settings, value) => {
    settings.WorkingDir = value;
  }),
  hostname: aText((settings, value) => {
    settings.Hostname = value;
  }),
  domainname: aText((settings, value) => {
    settings.Domainname = value;
  }),
  tty: aSwitch((settings, on) => {
    settings.Tty = on;
  }),
  interactive: aSwitch((settings, on) => {
    settings.OpenStdin = on;
  }),
  init: aSwitch((settings, on) => {
    settings.HostConfig.Init = on;
  }),
  env: someValues(
    (text) => (/^[^=]+=/.test(text) ? text : null),
    "NAME=VALUE",
    (settings, value) => {
      settings.Env = [...(settings.Env ?? []), value];
    },
  ),
  label: someValues(pair, "NAME=VALUE", (settings, [name, value]) => {
    settings.Labels = { ...settings.Labels, [name]: value };
  }),
  annotation: someValues(pair, "NAME=VALUE", (settings, [name, value]) => {
    settings.HostConfig.Annotations = { ...settings.HostConfig.Annotations, [name]: value };
  }),
  platform: aText((settings, value) => {
    settings.platform = value;
  }),
  "stop-signal": aText((settings, value) => {
    settings.StopSignal = value;
  }),
  "stop-timeout": aValue(whole, "a number of seconds", (settings, value) => {
    settings.StopTimeout = value;
  }),
  restart: aValue(restartPolicy, "no, always, unless-stopped or on-failure[:TRIES]", (settings, value) => {
    settings.HostConfig.RestartPolicy = value;
  }),
  pid: hostMode("PidMode"),
  ipc: hostMode("IpcMode"),
  uts: hostMode("UTSMode"),
  userns: hostMode("UsernsMode"),
  cgroupns: hostMode("CgroupnsMode"),
  runtime: hostMode("Runtime"),
  isolation: hostMode("Isolation"),
  sysctl: someValues(pair, "NAME=VALUE", (settings, [name, value]) => {
    settings.HostConfig.Sysctls = { ...settings.HostConfig.Sysctls, [name]: value };
  }),
  "group-add": someTexts((settings, value) => {
    settings.HostConfig.GroupAdd = [...(settings.HostConfig.GroupAdd ?? []), value];
  }),
  detach: aSwitch(() => undefined),
  "sig-proxy": aSwitch(() => undefined),
  quiet: aSwitch(() => undefined),
  "disable-content-trust": aSwitch(() => undefined),
  name: notHere("containers are named after the service, the role and the version"),
  rm: notHere("a stopped container is kept for a rollback; retain_containers says how many"),
  "env-file": notHere("write the variables under env"),
  "label-file": notHere("write the labels under labels"),
  cidfile: notHere("there is no file to write on the host"),
  attach: notHere("a deploy does not stay attached; see its logs with deploy app logs"),
  "detach-keys": notHere("a deploy does not stay attached"),
  pull: notHere("images are pulled by the deploy itself"),
  help: notHere("it would only print docker's help"),
};
