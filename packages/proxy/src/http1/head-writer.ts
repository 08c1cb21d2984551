import { fieldByte, targetByte, tokenLower } from "./bytes.ts";
import type { Fields } from "./fields.ts";
import { knownCount, knownField } from "./known-fields.ts";

/** Which fields of a head are not passed on: a table by number of `known`. */
export type FieldSet = Uint8Array;

/** A set of fields, from their names in lower case; each must be one of `known`. */
export function fieldSet(...names: string[]): FieldSet {
  const set = new Uint8Array(knownCount);
  for (const name of names) {
    const field = knownField(name);
    if (field === 0) throw new TypeError(`${name} is no known field`);
    set[field] = 1;
  }
  return set;
}

/** What belongs to one hop only (RFC 9110, 7.6.1), beside the length of a body passed on as it is. */
export const hopByHop = fieldSet(
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "upgrade",
  "http2-settings",
  "proxy-authenticate",
  "proxy-authorization",
);

/**
 * Puts a head together from a start line, ranges of a head that was read, and fields of our own.
 * One can be used for many heads, one after another: `start…`, then fields, then `end`.
 */
export class HeadWriter {
  #text = "";

  /** @throws TypeError for a method or a path that would read as something else */
  startRequest(method: string, path: string): this {
    if (!isToken(method) || !isTarget(path))
      throw new TypeError("this method or path can't stand in a request line");
    this.#text = `${method} ${path} HTTP/1.1\r\n`;
    return this;
  }

  startResponse(status: number, reason: string): this {
    this.#text = `HTTP/1.1 ${status} ${reason}\r\n`;
    return this;
  }

  /**
   * Copies every line but those of `dropped` and those that `nominated` (a Connection field) names.
   * What the codec knows by number can't be nominated away: Host, framing, and all that tells the
   * app who its client is.
   */
  copy(fields: Fields, dropped: FieldSet, nominated: readonly string[]): this {
    const { text } = fields;
    let from = -1;
    for (let i = 0; i < fields.count; i++) {
      const id = fields.id(i);
      const drop =
        dropped[id] === 1 || (id === 0 && nominated.length > 0 && isNominated(fields, i, nominated));
      if (!drop) {
        if (from < 0) from = fields.start(i);
      } else if (from >= 0) {
        this.#text += text.slice(from, fields.start(i));
        from = -1;
      }
    }
    if (from >= 0) this.#text += text.slice(from, fields.end);
    return this;
  }

  /**
   * Adds a field.
   *
   * @throws TypeError for a name or a value that would read as something else
   */
  field(name: string, value: string): this {
    if (!isToken(name)) throw new TypeError("a field needs a name that is a token");
    if (!isFieldValue(value)) throw new TypeError(`this value can't stand in the field ${name}`);
    this.#text += `${name}: ${value}\r\n`;
    return this;
  }

  /** The head, one character a byte: write it as latin1. */
  end(): string {
    return `${this.#text}\r\n`;
  }
}

function isNominated(fields: Fields, index: number, nominated: readonly string[]): boolean {
  return nominated.includes(fields.name(index).toLowerCase());
}

function isToken(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code > 255 || tokenLower[code] === 0) return false;
  }
  return name.length > 0;
}

function isTarget(path: string): boolean {
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code > 255 || targetByte[code] === 0) return false;
  }
  return path.length > 0;
}

function isFieldValue(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code > 255 || fieldByte[code] === 0) return false;
  }
  return true;
}
