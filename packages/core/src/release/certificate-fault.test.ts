import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Config } from "../config/config.ts";
import type { Certificate } from "./certificate.ts";
import { certificateFault, refuseUnfit } from "./certificate-fault.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate for two days, made by OpenSSL: Node can read certificates but not make them. */
function selfSigned(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "cutover-certificate-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const made = ["-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=app.example.com"];
  try {
    execFileSync("openssl", [...request, ...made], { stdio: "pipe" });
    return { certificate: readFileSync(certificate, "utf8"), privateKey: readFileSync(key, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [own, other] = [selfSigned(), selfSigned()];

/** Only what the check reads of a configuration. */
const config = {
  roles: [
    {
      name: "web",
      proxy: { tls: { kind: "own", certificate: { secret: "CERT" }, privateKey: { secret: "KEY" } } },
    },
  ],
} as unknown as Config;

test("a certificate with its key is used", () => {
  expect(certificateFault(own, Date.now())).toBeNull();
  const values = new Map([
    ["CERT", own.certificate],
    ["KEY", own.privateKey],
  ]);
  expect(() => refuseUnfit(config, values, Date.now())).not.toThrow();
});

test("what is no PEM, does not fit or has expired is told", () => {
  const now = Date.now();
  expect(certificateFault({ ...own, certificate: "cert.pem" }, now)).toContain("no certificate in PEM");
  expect(certificateFault({ ...own, privateKey: "key.pem" }, now)).toContain("no private key in PEM");
  expect(certificateFault({ ...own, privateKey: other.privateKey }, now)).toContain("not that of");
  expect(certificateFault(own, now + 3 * DAY_MS)).toContain("expired");
});

test("both secrets are named, and nothing of what they hold", () => {
  const values = new Map([
    ["CERT", own.certificate],
    ["KEY", "pasted-by-mistake"],
  ]);
  expect(() => refuseUnfit(config, values, Date.now())).toThrow(
    expect.objectContaining({
      code: "SECRETS_INVALID",
      message: expect.stringMatching(/^(?!.*pasted).*CERT and KEY/),
    }),
  );
});
