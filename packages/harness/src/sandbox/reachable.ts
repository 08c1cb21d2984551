import { connect } from "node:net";

/** An engine on this machine answers at once; one in a virtual machine, or far away, never does. */
const PATIENCE_MS = 500;

/** The URL of a container's web server at its own address, or null where this machine has no way there. */
export function reachable(address: string): Promise<string | null> {
  if (address === "") return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 80, timeout: PATIENCE_MS });
    const settle = (url: string | null) => {
      socket.destroy();
      resolve(url);
    };
    socket.once("connect", () => settle(`http://${address}`));
    socket.once("timeout", () => settle(null));
    socket.once("error", () => settle(null));
  });
}
