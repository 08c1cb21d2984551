import { InvalidArgumentError } from "commander";

/** A host whose port, where one follows it, can be one. An IPv6 address with a port stands in brackets. */
export function hostAndPort(value: string): string {
  const port = /^(?:[^:[]+|\[.*\]):([^:]*)$/.exec(value)?.[1];
  if (port === undefined || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    return value;
  throw new InvalidArgumentError("A port is a number from 1 to 65535.");
}
