import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { proxyContainer } from "../src/control/protocol.ts";
import type { Arch } from "./parts.ts";
import { type TarEntry, writeTar } from "./tar.ts";

/** A layer: its tar, by the hash that names it. */
export interface Layer {
  bytes: Buffer;
  sha256: string;
}

export function layerOf(bytes: Buffer): Layer {
  return { bytes, sha256: sha256(bytes) };
}

/**
 * The first part of an image archive: the base layer's blob, compressed. Gzip files may be joined
 * end to end, so the slow part of an archive is compressed once and kept.
 */
export async function basePart(base: Layer): Promise<Buffer> {
  const entries = [folder("blobs"), folder("blobs/sha256"), blob(base.sha256, base.bytes)];
  return gzipSync(await writeTar(entries, "open"), { level: 6 });
}

/**
 * The rest of the archive: the program's layer, the image's configuration, and both indexes that
 * tools read: `manifest.json` for `docker load`, `index.json` for those that know only OCI.
 *
 * @param tag such as `cutover-proxy:0.1.0`
 */
export async function imagePart(base: Layer, app: Layer, arch: Arch, tag: string): Promise<Buffer> {
  const config = json(imageConfig(base, app, arch, tag));
  const manifest = json(imageManifest(base, app, config));
  const index = json({
    schemaVersion: 2,
    manifests: [
      {
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        ...descriptor(manifest),
        platform: { os: "linux", architecture: arch },
        annotations: { "io.containerd.image.name": `docker.io/library/${tag}` },
      },
    ],
  });
  const docker = json([
    {
      Config: blobPath(sha256(config)),
      RepoTags: [tag],
      Layers: [blobPath(base.sha256), blobPath(app.sha256)],
    },
  ]);
  const entries = [
    blob(app.sha256, app.bytes),
    blob(sha256(config), config),
    blob(sha256(manifest), manifest),
    file("index.json", index),
    file("oci-layout", json({ imageLayoutVersion: "1.0.0" })),
    file("manifest.json", docker),
  ];
  return gzipSync(await writeTar(entries), { level: 6 });
}

function imageConfig(base: Layer, app: Layer, arch: Arch, tag: string) {
  return {
    architecture: arch,
    os: "linux",
    // A fixed time: the same inputs make the same image.
    created: "2026-01-01T00:00:00Z",
    config: {
      User: proxyContainer.user,
      Entrypoint: ["/bin/node", "/app/cutover-proxy.js"],
      Cmd: ["run"],
      Env: ["PATH=/bin"],
      WorkingDir: "/",
      StopSignal: "SIGTERM",
      ExposedPorts: { [`${proxyContainer.httpPort}/tcp`]: {}, [`${proxyContainer.httpsPort}/tcp`]: {} },
      Labels: {
        "org.opencontainers.image.title": "cutover-proxy",
        "org.opencontainers.image.version": tag.split(":")[1] ?? "",
        "org.opencontainers.image.licenses": "MIT",
      },
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${base.sha256}`, `sha256:${app.sha256}`] },
  };
}

function imageManifest(base: Layer, app: Layer, config: Buffer) {
  const layer = "application/vnd.oci.image.layer.v1.tar";
  return {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { mediaType: "application/vnd.oci.image.config.v1+json", ...descriptor(config) },
    layers: [base, app].map(({ bytes }) => ({ mediaType: layer, ...descriptor(bytes) })),
  };
}

function descriptor(bytes: Buffer): { digest: string; size: number } {
  return { digest: `sha256:${sha256(bytes)}`, size: bytes.length };
}

function blob(hash: string, bytes: Buffer): TarEntry {
  return file(blobPath(hash), bytes);
}

function blobPath(hash: string): string {
  return `blobs/sha256/${hash}`;
}

function file(path: string, bytes: Buffer): TarEntry {
  return { path, bytes, mode: 0o644 };
}

function folder(path: string): TarEntry {
  return { path, bytes: null, mode: 0o755 };
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
