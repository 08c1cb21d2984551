import { withoutBlanks } from "./blanks.ts";

/** What a message's Connection field asks for. */
export interface ConnectionOptions {
  close: boolean;
  keepAlive: boolean;
  upgrade: boolean;
  /** The other names in it, in lower case: fields that are meant for this hop only. */
  nominated: readonly string[];
}

const none: readonly string[] = [];
const absent: ConnectionOptions = { close: false, keepAlive: false, upgrade: false, nominated: none };

const keepAlive: ConnectionOptions = { ...absent, keepAlive: true };
const close: ConnectionOptions = { ...absent, close: true };
const upgrade: ConnectionOptions = { ...absent, upgrade: true };

const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/** Reads the (combined) Connection field; null when there is no field. Gives null for a malformed one. */
export function connectionOptions(value: string | null): ConnectionOptions | null {
  if (value === null) return absent;
  return usual(value) ?? parse(value);
}

/** The values nearly every message has. Compared, for a map would have to hash what was just cut out of a head. */
function usual(value: string): ConnectionOptions | null {
  if (value === "keep-alive" || value === "Keep-Alive") return keepAlive;
  if (value === "close") return close;
  return value === "Upgrade" || value === "upgrade" ? upgrade : null;
}

function parse(value: string): ConnectionOptions | null {
  const options = { close: false, keepAlive: false, upgrade: false, nominated: none };
  const nominated: string[] = [];
  for (const part of value.toLowerCase().split(",")) {
    const option = withoutBlanks(part);
    if (option === "") continue;
    if (!token.test(option)) return null;
    if (option === "close") options.close = true;
    else if (option === "keep-alive") options.keepAlive = true;
    else if (option === "upgrade") options.upgrade = true;
    else nominated.push(option);
  }
  if (nominated.length > 0) options.nominated = nominated;
  return options;
}
