const UNITS: Record<string, number> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 };

/** Bytes from `64m`, `1.5g`, `512MiB` or `1024`, as Docker reads sizes: units are powers of 1024. */
export function bytes(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([bkmgtp])?(?:i?b)?$/i.exec(text.trim()) ?? [];
  if (amount === undefined) return null;
  return Math.floor(Number(amount) * (UNITS[(unit ?? "b").toLowerCase()] ?? 1));
}

/** Bytes, or -1 for no limit. */
export function bytesOrUnlimited(text: string): number | null {
  return text === "-1" ? -1 : bytes(text);
}

const NANOSECONDS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** Nanoseconds from `1m30s` or `500ms`, the form that Docker has from Go; a bare 0 is allowed. */
export function nanoseconds(text: string): number | null {
  if (text === "0") return 0;
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return null;
  let sum = 0;
  for (const [, amount = "0", unit = "s"] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(amount) * (NANOSECONDS[unit] ?? 0);
  }
  return Math.round(sum);
}

/** A whole number, negative ones too. */
export function whole(text: string): number | null {
  return /^-?\d+$/.test(text) ? Number(text) : null;
}

/** `true`, `1`, `t` and the like, as Docker's command line reads switches. */
export function onOrOff(text: string): boolean | null {
  if (/^(1|t|true)$/i.test(text)) return true;
  if (/^(0|f|false)$/i.test(text)) return false;
  return null;
}

/** `NAME=VALUE`; a missing value is empty. */
export function pair(text: string): [name: string, value: string] | null {
  const at = text.indexOf("=");
  if (at === 0 || text === "") return null;
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Fields between commas, as in a line of CSV: a field in double quotes may have commas, and `""`
 * inside it is a quote. Null where quotes do not match.
 */
export function commaFields(text: string): string[] | null {
  const fields: string[] = [];
  let rest = text;
  for (;;) {
    if (rest.startsWith('"')) {
      const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(rest);
      if (!quoted) return null;
      fields.push((quoted[1] ?? "").replaceAll('""', '"'));
      rest = rest.slice(quoted[0].length);
    } else {
      const comma = rest.indexOf(",");
      const field = comma < 0 ? rest : rest.slice(0, comma);
      if (field.includes('"')) return null;
      fields.push(field);
      rest = rest.slice(field.length);
    }
    if (rest === "") return fields;
    rest = rest.slice(1);
  }
}
