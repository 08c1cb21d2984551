import type { MountSettings } from "dockerode";
import { bytes, commaFields, onOrOff, pair } from "../values.ts";

type Bind = NonNullable<MountSettings["BindOptions"]> & Record<string, unknown>;
type Volume = NonNullable<MountSettings["VolumeOptions"]>;
type Draft = { -readonly [K in keyof MountSettings]?: MountSettings[K] };

/** How each field of `--mount` changes the mount; false where its value cannot be understood. */
const fields: Record<string, (mount: Draft, value: string) => boolean> = {
  type: (mount, value) => {
    const types = ["bind", "volume", "tmpfs", "npipe", "cluster", "image"];
    mount.Type = value as MountSettings["Type"];
    return types.includes(value);
  },
  source: (mount, value) => {
    mount.Source = value;
    return value !== "";
  },
  target: (mount, value) => {
    mount.Target = value;
    return value.startsWith("/");
  },
  readonly: (mount, value) => {
    const on = onOrOff(value === "" ? "true" : value);
    mount.ReadOnly = on ?? false;
    return on !== null;
  },
  consistency: (mount, value) => {
    mount.Consistency = value as NonNullable<MountSettings["Consistency"]>;
    return true;
  },
  "bind-propagation": (mount, value) => {
    mount.BindOptions = { ...mount.BindOptions, Propagation: value as Bind["Propagation"] };
    return true;
  },
  "bind-nonrecursive": (mount, value) => bindSwitch(mount, "NonRecursive", value),
  "bind-recursive": (mount, value) => {
    const options: Record<string, Record<string, boolean>> = {
      enabled: {},
      disabled: { NonRecursive: true },
      writable: { ReadOnlyNonRecursive: true },
      readonly: { ReadOnlyForceRecursive: true },
    };
    const chosen = options[value];
    if (chosen && Object.keys(chosen).length > 0)
      mount.BindOptions = { ...mount.BindOptions, ...chosen } as Bind;
    return chosen !== undefined;
  },
  "volume-nocopy": (mount, value) => {
    const on = onOrOff(value === "" ? "true" : value);
    setVolumeOption(mount, { NoCopy: on ?? false });
    return on !== null;
  },
  "volume-label": (mount, value) => {
    const [name, text] = pair(value) ?? ["", ""];
    setVolumeOption(mount, { Labels: { ...mount.VolumeOptions?.Labels, [name]: text } });
    return name !== "";
  },
  "volume-subpath": (mount, value) => {
    setVolumeOption(mount, { Subpath: value });
    return true;
  },
  "volume-driver": (mount, value) => {
    setVolumeOption(mount, { DriverConfig: { ...mount.VolumeOptions?.DriverConfig, Name: value } });
    return true;
  },
  "volume-opt": (mount, value) => {
    const [name, text] = pair(value) ?? ["", ""];
    const former = mount.VolumeOptions?.DriverConfig;
    setVolumeOption(mount, { DriverConfig: { ...former, Options: { ...former?.Options, [name]: text } } });
    return name !== "";
  },
  "tmpfs-size": (mount, value) => {
    const size = bytes(value);
    mount.TmpfsOptions = { ...mount.TmpfsOptions, SizeBytes: size ?? 0 } as NonNullable<
      Draft["TmpfsOptions"]
    >;
    return size !== null;
  },
  "tmpfs-mode": (mount, value) => {
    const mode = Number.parseInt(value, 8);
    mount.TmpfsOptions = { ...mount.TmpfsOptions, Mode: mode } as NonNullable<Draft["TmpfsOptions"]>;
    return /^[0-7]+$/.test(value);
  },
};

const aliases: Record<string, string> = {
  src: "source",
  dst: "target",
  destination: "target",
  ro: "readonly",
};

/** The API's parts are all optional, its types are not; Docker's own command always sends a driver. */
function setVolumeOption(mount: Draft, part: Record<string, unknown>): void {
  mount.VolumeOptions = { DriverConfig: {}, ...mount.VolumeOptions, ...part } as unknown as Volume;
}

function bindSwitch(mount: Draft, key: string, value: string): boolean {
  const on = onOrOff(value === "" ? "true" : value);
  mount.BindOptions = { ...mount.BindOptions, [key]: on ?? false } as Bind;
  return on !== null;
}

/** One value of `--mount`; a volume unless it says otherwise. Null where it cannot be understood. */
export function mount(text: string): MountSettings | null {
  const draft: Draft = { Type: "volume" };
  for (const field of commaFields(text) ?? ["?"]) {
    const at = field.indexOf("=");
    const name = (at < 0 ? field : field.slice(0, at)).trim().toLowerCase();
    const apply = fields[aliases[name] ?? name];
    if (!apply?.(draft, at < 0 ? "" : field.slice(at + 1))) return null;
  }
  if (draft.Target === undefined) return null;
  return draft as MountSettings;
}
