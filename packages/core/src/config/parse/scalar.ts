/**
 * A plain (unquoted) YAML scalar as Ruby's Psych reads it, which is YAML 1.1 with habits of its own,
 * except where Psych makes a number of what was meant as text: `25:25` (base 60), `0x63616c`, `0755`
 * and `1,000` stay text.
 *
 * @param source the scalar as written, without surrounding blanks
 */
export function plainScalar(source: string): string | number | boolean | null {
  if (/^(~|null)?$/i.test(source)) return null;
  if (/^(yes|true|on)$/i.test(source)) return true;
  if (/^(no|false|off)$/i.test(source)) return false;
  if (/^[-+]?(0|[1-9](_?[0-9])*)$/.test(source)) return whole(source);
  if (/^[-+]?([0-9][0-9_]*)?\.[0-9]+([eE][-+][0-9]+)?$/.test(source)) return fraction(source);
  // Ruby's symbols are read as the text they stand for.
  if (/^:[A-Za-z_]\w*$/.test(source)) return source.slice(1);
  return source;
}

/** Digits that a JavaScript number cannot hold exactly, such as an account's number, stay text. */
function whole(source: string): string | number {
  const digits = source.replaceAll("_", "").replace(/^\+/, "");
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : digits;
}

/** `1.0` is the text "1.0" where text is wanted, and JavaScript would write "1": kept as text then. */
function fraction(source: string): string | number {
  const value = Number(source.replaceAll("_", ""));
  if (!Number.isInteger(value)) return value;
  return Math.abs(value) < 1e16 ? `${value}.0` : source;
}
