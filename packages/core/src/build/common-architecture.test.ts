import { expect, test } from "vitest";
import { commonArchitecture } from "./common-architecture.ts";

const host = (name: string, architecture: string) => ({ name, engineVersion: { architecture } });

test("an image without a registry is built for what all hosts are", () => {
  const hosts = [host("web1", "arm64"), host("web2", "arm64")];
  expect(commonArchitecture(hosts, { arches: ["amd64", "arm64"] })).toBe("arm64");
});

test("hosts with different processors need a registry", () => {
  const hosts = [host("web1", "arm64"), host("web2", "amd64")];
  expect(() => commonArchitecture(hosts, { arches: ["amd64", "arm64"] })).toThrow(
    expect.objectContaining({
      code: "CONFIG_INVALID",
      facts: expect.objectContaining({ details: ["web1 is arm64", "web2 is amd64"] }),
    }),
  );
});

test("what is built for another processor is refused before it is built", () => {
  expect(() => commonArchitecture([host("web1", "amd64")], { arches: ["arm64"] })).toThrow(
    expect.objectContaining({ facts: expect.objectContaining({ hint: "builder.arch: amd64" }) }),
  );
});
