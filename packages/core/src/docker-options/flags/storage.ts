import type { ContainerSettings } from "../container-settings.ts";
import { aSwitch, aText, type FlagTable, someTexts, someValues } from "../flag.ts";
import { mount } from "./mount.ts";

function volume(settings: ContainerSettings, value: string): void {
  // A path alone is an anonymous volume; with a colon it is a bind or a named volume.
  if (!value.includes(":")) settings.Volumes = { ...settings.Volumes, [value]: {} };
  else settings.HostConfig.Binds = [...(settings.HostConfig.Binds ?? []), value];
}

/** `SOURCE:TARGET[:OPTIONS]`, or an absolute path alone. */
function volumeText(text: string): string | null {
  const parts = text.split(":");
  if (parts.length === 1) return text.startsWith("/") ? text : null;
  const [source = "", target = ""] = parts;
  return parts.length <= 3 && source !== "" && target.startsWith("/") ? text : null;
}

/** What a container sees of disks and volumes. */
export const storage: FlagTable = {
  volume: someValues(volumeText, "SOURCE:TARGET[:OPTIONS] with an absolute target", volume),
  "volume-driver": aText((settings, value) => {
    settings.HostConfig.VolumeDriver = value;
  }),
  "volumes-from": someTexts((settings, value) => {
    const former: string[] = settings.HostConfig.VolumesFrom ?? [];
    settings.HostConfig.VolumesFrom = [...former, value];
  }),
  mount: someValues(mount, "type=…,source=…,target=…", (settings, value) => {
    settings.HostConfig.Mounts = [...(settings.HostConfig.Mounts ?? []), value];
  }),
  tmpfs: someTexts((settings, value) => {
    const at = value.indexOf(":");
    const [path, options] = at < 0 ? [value, ""] : [value.slice(0, at), value.slice(at + 1)];
    settings.HostConfig.Tmpfs = { ...settings.HostConfig.Tmpfs, [path]: options };
  }),
  "read-only": aSwitch((settings, on) => {
    settings.HostConfig.ReadonlyRootfs = on;
  }),
};
