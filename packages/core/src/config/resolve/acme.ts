import { X509Certificate } from "node:crypto";
import type { LocalTexts } from "../local-texts.ts";
import type { Path } from "../parse/tree.ts";
import type { Acme } from "../proxy.ts";
import type { AcmeFile } from "../schema/proxy.ts";
import type { Report } from "./report.ts";

/** @param path where `acme` was written */
export function resolveAcme(file: AcmeFile, path: Path, texts: LocalTexts, report: Report): Acme {
  return {
    directory: file.directory ?? null,
    email: file.email ?? null,
    authorities: authoritiesOf(file, [...path, "ca"], texts, report),
    challenges: [...new Set(file.challenges ?? [])],
  };
}

/** @param path of `ca` */
function authoritiesOf(
  { ca, directory }: AcmeFile,
  path: Path,
  texts: LocalTexts,
  report: Report,
): string | null {
  if (ca === undefined) return null;
  if (directory !== undefined) return certificatesIn(ca, path, texts, report);
  report.problem(path, "needs directory: Let's Encrypt's own is signed by a usual authority");
  return null;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a file and nothing else of it: a key beside them must not go to the hosts. */
function certificatesIn(file: string, path: Path, texts: LocalTexts, report: Report): string {
  const read = texts.get(file);
  if (read === undefined || "missing" in read) {
    report.problem(path, `${file} cannot be used: ${read?.missing ?? "it was not read"}`);
    return "";
  }
  const found = read.text.match(CERTIFICATE) ?? [];
  if (found.length === 0) report.problem(path, `there is no certificate in ${file}; PEM is expected`);
  for (const [index, pem] of found.entries()) {
    if (!isCertificate(pem)) report.problem(path, `certificate ${index + 1} of ${file} cannot be read`);
  }
  return found.map((pem) => `${pem.replaceAll("\r\n", "\n")}\n`).join("");
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== "";
  } catch {
    return false;
  }
}
