import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { controlSocketPath, proxyContainer } from "../control/protocol.ts";
import type { ProxySettings } from "../proxy.ts";
import { type AcmeSettings, type ChallengeType, defaultDirectoryUrl } from "../tls/acme/settings.ts";
import { parseTarget } from "../upstream/target.ts";
import { Flags, UsageError } from "./flags.ts";

/** How a proxy is to be run, and which share of its requests is logged, from 0 to 1. */
export interface RunSettings extends ProxySettings {
  requestLogShare: number;
}

const text = { type: "string" } as const;
const runFlags = {
  socket: text,
  "http-port": text,
  "https-port": text,
  state: text,
  "metrics-port": text,
  "request-log": text,
  certificates: text,
  "acme-directory": text,
  "acme-email": text,
  "acme-authorities": text,
  "acme-challenges": text,
  "acme-sibling": text,
};

/**
 * Reads how a proxy is to be run; what is not said is as in its container.
 *
 * @throws UsageError
 */
export async function readRunFlags(args: readonly string[]): Promise<RunSettings> {
  const flags = new Flags(args, runFlags);
  const metricsPort = flags.number("metrics-port");
  const stateDirectory = flags.text("state") ?? proxyContainer.stateDirectory;
  return {
    httpPort: flags.number("http-port") ?? proxyContainer.httpPort,
    httpsPort: flags.number("https-port") ?? proxyContainer.httpsPort,
    stateDirectory,
    socketPath: flags.text("socket") ?? controlSocketPath,
    acme: await readAcme(flags, join(stateDirectory, "certificates")),
    requestLogShare: readShare(flags.text("request-log") ?? "off"),
    ...(metricsPort !== undefined && { metricsPort }),
  };
}

function readShare(text: string): number {
  if (text === "off") return 0;
  if (text === "all") return 1;
  const percent = /^(\d{1,2}(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent === undefined) throw new UsageError("--request-log must be off, all or a share such as 1%");
  return Number(percent) / 100;
}

async function readAcme(flags: Flags, folder: string): Promise<AcmeSettings> {
  const directoryUrl = flags.text("acme-directory") ?? defaultDirectoryUrl;
  if (!directoryUrl.startsWith("https://") || !URL.canParse(directoryUrl)) {
    throw new UsageError("--acme-directory must be an https URL");
  }
  const authorities = flags.text("acme-authorities");
  return {
    directoryUrl,
    email: flags.text("acme-email") ?? null,
    directoryAuthorities: authorities === undefined ? null : await readAuthorities(authorities),
    challenges: readChallenges(flags.text("acme-challenges") ?? "http-01,tls-alpn-01"),
    folder: flags.text("certificates") ?? folder,
    sibling: readSibling(flags.text("acme-sibling")),
  };
}

/** A file, or its text itself: whoever starts a container need not bring a file into it. */
async function readAuthorities(given: string): Promise<string> {
  if (given.startsWith("-----BEGIN ")) return given;
  try {
    return await readFile(given, "utf8");
  } catch (error) {
    throw new UsageError(`--acme-authorities: ${(error as Error).message}`);
  }
}

function readSibling(target: string | undefined): string | null {
  if (target === undefined) return null;
  if (parseTarget(target) === null) throw new UsageError("--acme-sibling must be host:port");
  return target;
}

function readChallenges(list: string): AcmeSettings["challenges"] {
  const [first, ...others] = list.split(",").map((name): ChallengeType => {
    if (name === "http-01" || name === "tls-alpn-01") return name;
    throw new UsageError("--acme-challenges must be http-01, tls-alpn-01, or both with a comma between");
  });
  if (first === undefined) throw new UsageError("--acme-challenges must name at least one");
  return [first, ...others];
}
