import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CertificatePair } from "../pair.ts";

/** A certificate that signs itself, made by OpenSSL: Node can read certificates but not make them. */
export function selfSigned(...hosts: [string, ...string[]]): CertificatePair {
  const directory = mkdtempSync(join(tmpdir(), "cutover-tls-"));
  const [key, certificate] = [join(directory, "key.pem"), join(directory, "cert.pem")];
  const names = hosts.map((host) => `DNS:${host}`).join(",");
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const made = ["-keyout", key, "-out", certificate, "-days", "2", "-subj", `/CN=${hosts[0]}`];
  try {
    execFileSync("openssl", [...request, ...made, "-addext", `subjectAltName=${names}`], { stdio: "pipe" });
    return { certificate: readFileSync(certificate, "utf8"), privateKey: readFileSync(key, "utf8") };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
