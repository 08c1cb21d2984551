import { connect } from "node:tls";
import type { Address } from "../upstream/target.ts";

/**
 * Whether a TLS handshake gets anywhere at an address. Asked only after plain HTTP has failed, so
 * that its reader learns why. No certificate is checked, for nothing is sent.
 */
export function speaksTls(address: Address, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, rejectUnauthorized: false });
    const answer = (spoken: boolean) => {
      resolve(spoken);
      socket.destroy();
    };
    socket.setTimeout(timeoutMs, () => answer(false));
    socket.once("secureConnect", () => answer(true));
    socket.once("error", () => answer(false));
    socket.once("close", () => answer(false));
  });
}
