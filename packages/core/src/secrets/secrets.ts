import { nearest } from "../config/validate/nearest.ts";
import type { Environment, Workspace } from "../config/workspace.ts";
import { DeployError } from "../errors/index.ts";
import { evaluateValue } from "./evaluate.ts";
import { readSecretFiles, type SecretFiles } from "./files.ts";
import { Redactor } from "./redact.ts";

/** Which secrets a command works with. */
export interface SecretsRequest {
  /** The configuration's `secrets_path`; null: the usual places. */
  secretsPath: string | null;
  destination: string | null;
}

/** A secret that has no value, and what may help. */
interface MissingSecret {
  name: string;
  hint: string;
}

/**
 * The project's secrets. Files are read at once; a value is made when it is first asked for, and
 * once, so that a command of a secret nobody needs is never run.
 */
export interface Secrets {
  /** @throws DeployError SECRET_MISSING, or SECRETS_INVALID where its command failed */
  get(name: string): Promise<string>;
  /** Those of `names` without a value, all of them at once. Nothing is run for it. */
  missing(names: string[]): MissingSecret[];
  /** The text with every value that was handed out as `[REDACTED]`. */
  redact(text: string): string;
}

/** @throws DeployError SECRETS_INVALID for a file that is no dotenv */
export async function openSecrets(workspace: Workspace, request: SecretsRequest): Promise<Secrets> {
  const files = await readSecretFiles(workspace, request);
  return new FileSecrets(files, workspace, {
    ...workspace.env,
    ...(request.destination === null
      ? {}
      : { KAMAL_DESTINATION: request.destination, DEPLOY_DESTINATION: request.destination }),
  });
}

class FileSecrets implements Secrets {
  readonly #files: SecretFiles;
  readonly #workspace: Workspace;
  readonly #env: Environment;
  readonly #redactor = new Redactor();
  readonly #values = new Map<number, Promise<string>>();

  constructor(files: SecretFiles, workspace: Workspace, env: Environment) {
    this.#files = files;
    this.#workspace = workspace;
    this.#env = env;
  }

  async get(name: string): Promise<string> {
    const value = await this.#lookup(name, this.#files.assignments.length, this.#files.fromEnvironment);
    if (value !== undefined) {
      this.#redactor.learn(value);
      return value;
    }
    throw new DeployError("SECRET_MISSING", {
      cause: `The secret ${name} has no value`,
      hint: this.#hint(name),
      state: "unchanged",
    });
  }

  missing(names: string[]): MissingSecret[] {
    return [...new Set(names)]
      .filter((name) => !this.#has(name))
      .map((name) => ({ name, hint: this.#hint(name) }));
  }

  redact(text: string): string {
    return this.#redactor.redact(text);
  }

  #has(name: string): boolean {
    if (this.#files.assignments.some((assignment) => assignment.name === name)) return true;
    return this.#files.fromEnvironment && this.#env[name] !== undefined;
  }

  /** The last value of `name` before a line: a value may use those above it, and its own name from further up. */
  async #lookup(name: string, before: number, orEnvironment: boolean): Promise<string | undefined> {
    const index = this.#files.assignments.findLastIndex((one, at) => at < before && one.name === name);
    if (index < 0) return orEnvironment ? this.#env[name] : undefined;
    return this.#value(index);
  }

  #value(index: number): Promise<string> {
    const assignment = this.#files.assignments[index];
    if (!assignment) return Promise.resolve("");
    const known = this.#values.get(index);
    if (known) return known;
    const value = evaluateValue(assignment, {
      workspace: this.#workspace,
      env: this.#env,
      lookup: (name) => this.#lookup(name, index, true),
    }).then((text) => {
      // What a value was made from is as secret as the value.
      this.#redactor.learn(text);
      return text;
    });
    this.#values.set(index, value);
    return value;
  }

  #hint(name: string): string {
    const { found, searched, assignments, passedOver } = this.#files;
    const near = nearest(
      name,
      assignments.map((assignment) => assignment.name),
    );
    if (near !== null) return `Did you mean ${near}? Looked in ${found.join(" and ")}`;
    if (passedOver !== null)
      return `${passedOver} is not read with a destination; rename it to ${passedOver}-common, which every destination reads`;
    if (found.length > 0)
      return `Write ${name}=… into ${found.at(-1) ?? ""}; looked in ${found.join(" and ")}`;
    return `Write ${name}=… into ${searched[1] ?? ".cutover/secrets"}; there is no secrets file yet`;
  }
}
