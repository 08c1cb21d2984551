const MASK = "[REDACTED]";

/** Shorter values (`1`, `true`) are everywhere; hiding them would hide nothing and spoil every line. */
const SHORTEST = 4;

/** Lines of a longer value (a private key) are hidden one by one too, if they are long enough to be telling. */
const SHORTEST_LINE = 12;

/** Hides secrets that it was told of, in the forms they take in logs. */
export class Redactor {
  readonly #forms = new Set<string>();
  #pattern: RegExp | null = null;

  /** From now on `value` is hidden. */
  learn(value: string): void {
    if (value.length < SHORTEST) return;
    const before = this.#forms.size;
    for (const form of formsOf(value)) this.#forms.add(form);
    for (const line of value.split("\n")) {
      if (line.trim().length >= SHORTEST_LINE && line !== value) this.#forms.add(line.trim());
    }
    if (this.#forms.size > before) this.#pattern = null;
  }

  /** The text with every known secret as `[REDACTED]`. */
  redact(text: string): string {
    if (this.#forms.size === 0) return text;
    this.#pattern ??= anyOf(this.#forms);
    return text.replace(this.#pattern, MASK);
  }
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = Buffer.from(value).toString("base64");
  return [
    value,
    json,
    // Quoted once more, as when JSON is put into JSON.
    JSON.stringify(json).slice(1, -1),
    base64,
    base64.replace(/=+$/, ""),
    Buffer.from(value).toString("base64url"),
    encodeURIComponent(value),
    new URLSearchParams({ v: value }).toString().slice(2),
    `'${value.replaceAll("'", `'\\''`)}'`.slice(1, -1),
  ];
}

/** The longest first, so that no rest of a form stays. */
function anyOf(forms: Set<string>): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
}
