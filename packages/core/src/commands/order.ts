import { resolve } from "node:path";
import { refuseBuildpacks } from "../build/builder.ts";
import { checkSource, isUrl } from "../build/source.ts";
import type { Builder } from "../config/config.ts";
import { localWorkspace } from "../config/local-workspace.ts";
import { certificateSecrets } from "../release/certificate.ts";
import { refuseUnfit } from "../release/certificate-fault.ts";
import { secretNames } from "../release/environment.ts";
import { type ErrorPages, readErrorPages } from "../release/error-pages.ts";
import { readGit } from "../release/git.ts";
import { chooseVersion, type GitState } from "../release/version.ts";
import type { RegistryLogin } from "../steps/registry-login.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { refuseMissing, secretsOfDeploy } from "./missing-secrets.ts";
import { openProject, type Project, registryLogin, secretValues } from "./project.ts";
import { type Scope, type ScopeOptions, scopeOf } from "./scope.ts";
import { warnOfUnsupported } from "./unsupported.ts";

/** What is to be deployed, as far as it is known without contacting anything. */
export interface Order {
  project: Project;
  git: GitState;
  version: string;
  /** Every secret that containers and certificates need, by name. */
  values: ReadonlyMap<string, string>;
  login: RegistryLogin | null;
  errorPages: ErrorPages;
  scope: Scope;
}

/**
 * Reads all that can be found wrong without a host.
 *
 * @throws DeployError CONFIG_*, NOT_A_REPOSITORY, SECRET_MISSING and the like, all `unchanged`
 */
export async function takeOrder(
  context: CommandContext,
  options: ScopeOptions & Pick<DeployOptions, "skipPush">,
  telling: Telling,
): Promise<Order> {
  const { cwd, env } = context;
  // Git is at work while the configuration is read.
  const asked = readGit(localWorkspace({ cwd, env }));
  const [project, git] = await Promise.all([openProject(context), asked]);
  const { config, secrets, workspace } = project;
  warnOfUnsupported(config, telling);
  const version = chooseVersion({
    flag: context.version,
    env: context.env,
    git,
    ...builtFrom(config.builder, workspace.cwd),
    random: context.random,
  });
  refuseMissing(secrets, secretsOfDeploy(config, !options.skipPush), project.merged);
  return orderOf({ project, git, version, scope: scopeOf(config, options) }, context, telling);
}

/** Says what is about to be done, and reads what containers need of this machine. */
export async function orderOf(
  known: Pick<Order, "project" | "git" | "version" | "scope">,
  context: Pick<CommandContext, "clock">,
  telling: Telling,
): Promise<Order> {
  const { config, secrets, workspace } = known.project;
  const hosts = known.scope.targets.map(({ host }) => host);
  telling.started({ service: config.app, version: known.version, hosts });
  const [values, login, errorPages] = await Promise.all([
    neededSecrets(known.project, context),
    registryLogin(config.registry, secrets),
    readErrorPages(workspace, config.errorPagesPath),
  ]);
  return { ...known, values, login, errorPages };
}

/**
 * Refuses what cannot be built, as far as it shows without a builder and a host.
 *
 * @throws DeployError CONFIG_INVALID, BUILD_FAILED or NOT_A_REPOSITORY
 */
export async function checkBuild({ project: { config, workspace }, git }: Order): Promise<void> {
  refuseBuildpacks(config.builder);
  const { context, dockerfile } = config.builder;
  await checkSource({ cwd: workspace.cwd, git, context, dockerfile });
}

/** What of the working tree is built as it lies there; nothing where a commit or a URL is. */
function builtFrom({ context, dockerfile }: Builder, cwd: string) {
  const folder = context === null || isUrl(context) ? null : resolve(cwd, context);
  return { builtFolder: folder, dockerfile: resolve(cwd, dockerfile) };
}

/**
 * Every secret that containers and certificates need, by name. Certificates are fit to be used.
 *
 * @throws DeployError SECRET_MISSING, or SECRETS_INVALID for a certificate that no proxy could serve
 */
export async function neededSecrets(
  project: Project,
  { clock }: Pick<CommandContext, "clock">,
): Promise<ReadonlyMap<string, string>> {
  const { config } = project;
  const names = new Set([...secretNames(config), ...certificateSecrets(config)]);
  const values = await secretValues(project, [...names]);
  refuseUnfit(config, values, clock.now());
  return values;
}
