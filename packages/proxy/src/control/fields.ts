import { ControlRefusal } from "./refusal.ts";

/** A day: longer durations are taken for a mistake in the unit. */
const longestMs = 86_400_000;

/**
 * Reads the fields of one object that a client sent, each with its type and bounds.
 * Whatever is wrong is refused with `bad-request` and the dotted path of the field.
 */
export class Fields {
  readonly #values: Record<string, unknown>;
  readonly #path: string;
  readonly #known = new Set<string>();

  constructor(value: unknown, path = "") {
    this.#path = path;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new ControlRefusal("bad-request", `${path || "params"} must be an object`, path || "params");
    }
    this.#values = value as Record<string, unknown>;
  }

  /** The full path of a field of this object. */
  path(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  refuse(name: string, must: string): never {
    throw new ControlRefusal("bad-request", `${this.path(name)} must be ${must}`, this.path(name));
  }

  has(name: string): boolean {
    return this.#take(name) !== undefined;
  }

  text(name: string, longest = 200): string {
    const value = this.#take(name);
    if (typeof value !== "string" || value === "" || value.length > longest) {
      this.refuse(name, `a text of 1 to ${longest} characters`);
    }
    return value;
  }

  /** A text that may stand in a log, a header or a file name: letters, digits, `.`, `_` and `-`. */
  name(name: string): string {
    const value = this.text(name);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) {
      this.refuse(name, "a name of letters, digits, '.', '_' and '-', beginning with a letter or digit");
    }
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#take(name) ?? fallback;
    if (typeof value !== "boolean") this.refuse(name, "true or false");
    return value;
  }

  integer(name: string, from: number, to: number, fallback?: number): number {
    const value = this.#take(name) ?? fallback;
    if (typeof value !== "number" || !Number.isInteger(value) || value < from || value > to) {
      this.refuse(name, `a whole number from ${from} to ${to}`);
    }
    return value;
  }

  /** Milliseconds, at least one and at most a day. */
  duration(name: string, fallback?: number): number {
    return this.integer(name, 1, longestMs, fallback);
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback?: T): T {
    const value = this.#take(name) ?? fallback;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.refuse(name, `one of ${choices.join(", ")}`);
    return found;
  }

  /** A list of texts; `read` turns each into what is kept, or answers what it must be. */
  texts(name: string, read: (text: string) => string | { must: string }, fallback?: string[]): string[] {
    const value = this.#take(name) ?? fallback;
    if (!Array.isArray(value) || value.length > 1000) this.refuse(name, "a list of at most 1000 texts");
    return value.map((item, index) => {
      const result = typeof item === "string" ? read(item) : { must: "a text" };
      if (typeof result === "string") return result;
      return this.refuse(`${name}[${index}]`, result.must);
    });
  }

  /** Whatever is there, unread. */
  raw(name: string): unknown {
    return this.#take(name);
  }

  /** A nested object; an absent one reads as empty. */
  nested(name: string): Fields {
    return new Fields(this.#take(name) ?? {}, this.path(name));
  }

  /** A list of nested objects. */
  list(name: string): Fields[] | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length > 10_000) {
      this.refuse(name, "a list of at most 10000 objects");
    }
    return value.map((item, index) => new Fields(item, `${this.path(name)}[${index}]`));
  }

  /** To be called last: a field that nobody asked for is a misspelt one. */
  end(): void {
    for (const name of Object.keys(this.#values)) {
      if (this.#known.has(name)) continue;
      const known = [...this.#known].join(", ");
      const message = `${this.path(name)} is not known here; known are: ${known || "none"}`;
      throw new ControlRefusal("bad-request", message, this.path(name));
    }
  }

  #take(name: string): unknown {
    this.#known.add(name);
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return value === null ? undefined : value;
  }
}
