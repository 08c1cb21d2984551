import { HTAB, SP } from "./bytes.ts";

/**
 * A text without the white space around it, as RFC 9110, 5.6.3 has it: spaces and tabs. `trim` takes more away, 0xA0
 * among it, and so would make a known word of one that no other software knows.
 */
export function withoutBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Whether a character is a space or a tab. */
export function isBlank(code: number): boolean {
  return code === SP || code === HTAB;
}
