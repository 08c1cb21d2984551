import type { Plugin } from "rolldown";

/**
 * What dockerode asks for and we have no use for, by who asks. Its sessions with BuildKit bring gRPC, a third of all that
 * a deploy would load; we build with buildx, so nothing reads BuildKit's progress, and nothing packs a folder for it.
 * Certificates are split by those who reach an engine over TLS.
 */
const OF_NO_USE: readonly [importer: RegExp, source: RegExp][] = [
  [/\/dockerode\/lib\//, /^(\.\/session|\.\/buildkit|tar-fs|@balena\/dockerignore)$/],
  [/\/docker-modem\/lib\//, /^split-ca$/],
];
/** What ssh2 does without where it was not compiled on the machine that it runs on. */
const OPTIONAL = /^cpu-features$|\/sshcrypto\.node$/;

/** Leaves these out of a bundle: what is of no use refuses when it is called, what is optional is not found. */
export const leftOut: Plugin = {
  name: "left-out",
  resolveId(source, importer = "") {
    if (OPTIONAL.test(source)) return `\0optional:${source}`;
    const isOfNoUse = OF_NO_USE.some(([from, name]) => from.test(importer) && name.test(source));
    return isOfNoUse ? `\0of-no-use:${source}` : null;
  },
  load(id) {
    const failing = `throw new Error(${JSON.stringify(`${id.slice(1)} is not part of this bundle`)});`;
    if (id.startsWith("\0of-no-use:")) return `module.exports = () => { ${failing} };`;
    return id.startsWith("\0optional:") ? `module.exports = undefined; ${failing}` : null;
  },
};
