import type { AcmeSettings } from "../tls/acme/settings.ts";

/** Settings of a server that is never asked, for proxies that get no certificates. */
export function someAcme(folder: string, changes: Partial<AcmeSettings> = {}): AcmeSettings {
  return {
    directoryUrl: "https://acme.invalid/directory",
    email: null,
    directoryAuthorities: null,
    challenges: ["http-01", "tls-alpn-01"],
    folder,
    sibling: null,
    ...changes,
  };
}
