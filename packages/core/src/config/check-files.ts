import { resolve } from "node:path";
import type { Config } from "./config.ts";
import type { Report } from "./resolve/report.ts";
import type { Workspace } from "./workspace.ts";

/** Hooks by the names that are looked for. */
export const hookNames = [
  "pre-connect",
  "docker-setup",
  "pre-build",
  "pre-deploy",
  "post-deploy",
  "pre-app-boot",
  "post-app-boot",
  "pre-proxy-reboot",
  "post-proxy-reboot",
] as const;

/** What the configuration names on this machine: better found wanting now than in the middle of a deploy. */
export async function checkFiles(config: Config, workspace: Workspace, report: Report): Promise<void> {
  await Promise.all([
    checkHooks(config, workspace, report),
    checkKeys(config, workspace, report),
    checkSshConfig(config, workspace, report),
    checkAccessoryFiles(config, workspace, report),
    checkErrorPages(config, workspace, report),
  ]);
}

async function checkHooks(config: Config, workspace: Workspace, report: Report): Promise<void> {
  const { hooksPath } = config;
  if (hooksPath !== null && (await workspace.look(ownPath(hooksPath, workspace)))?.kind !== "directory")
    report.warning(["hooks_path"], `there is no folder ${hooksPath}, so there are no hooks`);
  const folders = hooksPath === null ? [".cutover/hooks", ".kamal/hooks"] : [hooksPath];
  for (const folder of folders) {
    for (const name of hookNames) {
      const hook = await workspace.look(resolve(workspace.cwd, folder, name));
      if (hook?.kind !== "file") continue;
      report.warning(["hooks_path"], `${folder}/${name} is not run: this version has no hooks yet`);
      if (!hook.executable) {
        report.problem(["hooks_path"], `${folder}/${name} is not executable; chmod +x ${folder}/${name}`);
      }
    }
    for (const old of ["pre-traefik-reboot", "post-traefik-reboot"]) {
      if ((await workspace.look(resolve(workspace.cwd, folder, old))) !== null) {
        report.warning(
          ["hooks_path"],
          `${folder}/${old} is never run; it is ${old.replace("traefik", "proxy")} now`,
        );
      }
    }
  }
}

/** People list the keys of all their machines; that none of them is here is what cannot be meant. */
async function checkKeys({ ssh }: Config, workspace: Workspace, report: Report): Promise<void> {
  const found = await Promise.all(ssh.keys.map((key) => workspace.look(ownPath(key, workspace))));
  for (const [index, file] of found.entries())
    if (file?.readable === false)
      report.problem(["ssh", "keys", index], `${ssh.keys[index]} cannot be read by this user`);
  if (ssh.keys.length === 0 || found.some((file) => file?.kind === "file")) return;
  const message = `there is no key file ${ssh.keys.join(", nor ")}`;
  const agentMayHelp = !ssh.keysOnly && workspace.env["SSH_AUTH_SOCK"] !== undefined;
  if (agentMayHelp || ssh.keyData.length > 0) report.warning(["ssh", "keys"], message);
  else report.problem(["ssh", "keys"], message);
}

async function checkSshConfig({ ssh }: Config, workspace: Workspace, report: Report): Promise<void> {
  if (!Array.isArray(ssh.configFiles)) return;
  for (const file of ssh.configFiles) {
    const found = await workspace.look(ownPath(file, workspace));
    if (found === null) report.problem(["ssh", "config"], `there is no file ${file}`);
    else if (!found.readable) report.problem(["ssh", "config"], `${file} cannot be read by this user`);
  }
}

/** A path of this machine as the configuration writes it. */
function ownPath(written: string, { cwd, env }: Workspace): string {
  return resolve(cwd, written.replace(/^~(?=\/)/, env["HOME"] ?? "~"));
}

/** A template's result is made when it is uploaded; that it is there can be seen now. */
async function checkAccessoryFiles(config: Config, workspace: Workspace, report: Report): Promise<void> {
  for (const accessory of config.accessories) {
    for (const [index, file] of accessory.files.entries()) {
      if ((await workspace.look(resolve(workspace.cwd, file.local))) === null) {
        report.warning(
          ["accessories", accessory.name, "files", index],
          `there is no ${file.local} to put on the host`,
        );
      }
    }
  }
}

async function checkErrorPages(config: Config, workspace: Workspace, report: Report): Promise<void> {
  if (config.errorPagesPath === null) return;
  const found = await workspace.look(resolve(workspace.cwd, config.errorPagesPath));
  if (found?.kind !== "directory")
    report.problem(["error_pages_path"], `there is no folder ${config.errorPagesPath}`);
}
