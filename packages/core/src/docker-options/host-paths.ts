import type { ContainerSettings } from "./container-settings.ts";

/**
 * The settings with host paths that begin with `~/`, `./` or `$PWD/` made absolute: all three mean
 * the login's home, since that is where Kamal's commands run.
 *
 * @param home the login's home folder on the host, absolute
 */
export function resolveHostPaths(settings: ContainerSettings, home: string): ContainerSettings {
  const { Binds, Mounts } = settings.HostConfig;
  return {
    ...settings,
    HostConfig: {
      ...settings.HostConfig,
      ...(Binds ? { Binds: Binds.map((bind) => absolute(bind, home)) } : {}),
      ...(Mounts
        ? {
            Mounts: Mounts.map((mount) =>
              mount.Type === "bind" ? { ...mount, Source: absolute(mount.Source, home) } : mount,
            ),
          }
        : {}),
    },
  };
}

function absolute(path: string, home: string): string {
  return path.replace(/^(~|\.|\$PWD|\$\{PWD\}|\$\(pwd\)|\$HOME|\$\{HOME\})(?=\/|:)/, home);
}
