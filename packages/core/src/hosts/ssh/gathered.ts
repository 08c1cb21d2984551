import type { Writable } from "node:stream";

/**
 * Has all that is written in one turn of the event loop leave in one piece. ssh2 writes every packet
 * in three (length, body, authentication), and without Nagle's algorithm each would be a system call
 * here, a packet on the wire and a wake-up of the host's sshd.
 */
export function gathered<S extends Writable>(stream: S): S {
  const write = stream.write.bind(stream);
  let gathering = false;
  const begin = () => {
    gathering = true;
    stream.cork();
    setImmediate(() => {
      gathering = false;
      stream.uncork();
    });
  };
  stream.write = ((...piece: Parameters<typeof write>) => {
    if (!gathering) begin();
    return write(...piece);
  }) as S["write"];
  return stream;
}
