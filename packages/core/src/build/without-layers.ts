import { PassThrough, pipeline, type Readable } from "node:stream";

/** What makes and reads archives; it is loaded by who has one to read. */
type Tar = Pick<typeof import("tar-stream"), "extract" | "pack">;

/**
 * The archive of a saved image without some of its layers. An engine that has a layer does not look
 * for it in the archive. Where the archive names layers otherwise than by their content, as old
 * engines and the containerd store do, none is left out.
 *
 * @param without content digests of layers: `sha256:…`
 */
export function withoutLayers(
  archive: Readable,
  without: ReadonlySet<string>,
  { extract, pack }: Tar,
): Readable {
  const names = new Set([...without].map((digest) => `blobs/${digest.replace(":", "/")}`));
  const outgoing = new PassThrough();
  if (names.size === 0) {
    pipeline(archive, outgoing, ignore);
    return outgoing;
  }
  const entries = extract();
  const kept = pack();
  entries.on("entry", (header, content, next) => {
    // Of what breaks off, the archive itself tells.
    if (names.has(header.name)) content.on("error", ignore).on("end", next).resume();
    else pipeline(content, kept.entry(header), next);
  });
  pipeline(archive, entries, (error) => {
    if (error) outgoing.destroy(error);
    else kept.finalize();
  });
  pipeline(kept, outgoing, ignore);
  return outgoing;
}

/** A failure has reached the reader by then: the streams are destroyed with it. */
function ignore(): void {}
