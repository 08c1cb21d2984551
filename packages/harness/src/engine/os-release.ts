/** Which Linux this is, as /etc/os-release says. */
export interface OperatingSystem {
  /** `debian`, `ubuntu`, … */
  id: string;
  /** `bookworm`; empty where the system names none, as Debian's unstable does. */
  codename: string;
  /** `12`, `24.04`; empty on a rolling release. */
  version: string;
  /** For people: `Debian GNU/Linux 12 (bookworm)`. */
  name: string;
}

/** Reads the text of /etc/os-release. */
export function parseOsRelease(text: string): OperatingSystem {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const separator = line.indexOf("=");
    if (separator === -1) continue;
    fields.set(line.slice(0, separator), line.slice(separator + 1).replace(/^(["'])(.*)\1$/, "$2"));
  }
  const field = (name: string) => fields.get(name) ?? "";
  return {
    id: field("ID"),
    codename: field("VERSION_CODENAME"),
    version: field("VERSION_ID"),
    name: field("PRETTY_NAME") || field("ID"),
  };
}
