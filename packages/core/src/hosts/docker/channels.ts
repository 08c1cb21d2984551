import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { OpenChannel } from "./channel-agent.ts";

/** Where Docker listens on a host unless it is told otherwise. */
export const DOCKER_SOCKET = "/var/run/docker.sock";

/**
 * sshd allows ten sessions a connection (`MaxSessions`); three are left for SFTP, the lock's
 * watchdog and a script. Forwarded sockets are no sessions and need no limit.
 */
export const MAX_DIAL_CHANNELS = 7;

/** A channel straight to the host's Docker socket. */
export function forwardedSocket(client: Client): OpenChannel {
  return async () => shaped(await socketChannel(client, DOCKER_SOCKET));
}

/** A channel to a Unix socket of the host, which the SSH user may use. */
export function socketChannel(client: Client, path: string): Promise<Duplex> {
  return new Promise<Duplex>((resolve, reject) => {
    client.openssh_forwardOutStreamLocal(path, (error, channel) =>
      error === undefined ? resolve(channel) : reject(error),
    );
  });
}

/**
 * A channel through `docker system dial-stdio`, for hosts whose sshd forwards no sockets.
 *
 * @param by `root`: through sudo, for a user who may use Docker only so, and without a password
 */
export function dialStdio(client: Client, by: "user" | "root"): OpenChannel {
  const command = by === "root" ? "sudo -n docker system dial-stdio" : "docker system dial-stdio";
  return () =>
    new Promise<Duplex>((resolve, reject) => {
      client.exec(command, (error, channel) => {
        if (error !== undefined) return reject(error);
        // A stream of an exec that nobody reads never closes.
        channel.stderr.resume();
        resolve(shaped(channel));
      });
    });
}

/** Node's HTTP client calls these on every socket; a channel has no need of them. */
function shaped(channel: Duplex): Duplex {
  const nothing = () => channel;
  return Object.assign(channel, {
    setKeepAlive: nothing,
    setNoDelay: nothing,
    setTimeout: nothing,
    ref: nothing,
    unref: nothing,
  });
}
