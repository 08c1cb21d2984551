/**
 * Raw bytes and what must become of them. `bytes` is latin1. `gives` is what the tests' `summary`
 * says of them; a refusal is its status and the section of the RFC that asks for it.
 */
export interface Case {
  says: string;
  bytes: string;
  gives: string[];
}

/** Joins lines with CRLF and ends the head. */
export function head(...lines: string[]): string {
  return `${lines.join("\r\n")}\r\n\r\n`;
}
