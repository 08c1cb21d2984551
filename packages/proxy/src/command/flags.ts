import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** The command line could not be understood. Its message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The values of a command's flags: the last one given, or all for a flag that may be repeated. */
export class Flags {
  readonly #values: Record<string, string | boolean | (string | boolean)[] | undefined>;

  /** @throws UsageError for a flag that the command does not have */
  constructor(args: readonly string[], options: ParseArgsOptionsConfig) {
    try {
      this.#values = parseArgs({ args: [...args], options, strict: true }).values;
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UsageError(`--${name} is missing`);
    return value;
  }

  /** An object as JSON; empty when the flag is not there. */
  json(name: string): Record<string, unknown> {
    const value = this.text(name);
    if (value === undefined) return {};
    try {
      const read: unknown = JSON.parse(value);
      if (typeof read === "object" && read !== null && !Array.isArray(read))
        return read as Record<string, unknown>;
    } catch {
      // Said below, as for what is JSON and no object.
    }
    throw new UsageError(`--${name} must be an object as JSON`);
  }

  isSet(name: string): boolean {
    return this.#values[name] === true;
  }

  all(name: string): string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  number(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(value)) throw new UsageError(`--${name} must be a whole number`);
    return Number(value);
  }

  /** `500ms`, `30s`, `2m` or `1h`, as milliseconds. */
  duration(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const match = /^(\d+)(ms|s|m|h)$/.exec(value);
    if (match === null) throw new UsageError(`--${name} must be a duration such as 500ms, 30s or 2m`);
    return Number(match[1]) * (unitMs[match[2] as keyof typeof unitMs] ?? 1);
  }
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
