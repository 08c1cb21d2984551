import { isIP } from "node:net";
import type { Path } from "../parse/tree.ts";
import type { Report } from "./report.ts";

/** A name that a request can be for: no scheme, port, path or blank. */
export function checkNames(names: readonly string[], path: Path, report: Report): void {
  for (const name of names)
    if (/[\s/:]/.test(name))
      report.problem(path, `${name} is no host's name: it is written without scheme, port and path`);
}

/** Addresses, and networks where `or` says so: `10.0.0.0/8`. */
export function checkAddresses(
  written: readonly string[] | undefined,
  or: "networks too" | "addresses only",
  path: Path,
  report: Report,
): void {
  const expected = or === "networks too" ? "an address or a network, such as 10.0.0.0/8" : "an address";
  for (const [index, text] of (written ?? []).entries()) {
    const [address = "", bits, ...rest] = text.split("/");
    const version = isIP(address);
    const isAddress = version !== 0 && bits === undefined;
    const isNetwork =
      version !== 0 &&
      /^\d+$/.test(bits ?? "") &&
      Number(bits) <= (version === 4 ? 32 : 128) &&
      rest.length === 0;
    if (!isAddress && !(isNetwork && or === "networks too"))
      report.problem([...path, index], `expected ${expected}, not ${text}`);
  }
}
