import type { Client } from "ssh2";
import { DeployError } from "../../errors/index.ts";
import type { HostAddress } from "../address.ts";
import type { Stage, Way } from "../way.ts";
import type { SshSettings } from "./connect.ts";
import { gathered } from "./gathered.ts";
import { type Reach, runProxyCommand } from "./proxy-command.ts";
import { openSocket } from "./socket.ts";

/**
 * The stream to the first host on the way: through the proxy command, or straight to its port.
 *
 * @throws DeployError HOST_UNREACHABLE
 */
export async function firstStream(
  { proxyCommand }: Pick<Way, "proxyCommand">,
  { address }: Pick<Stage, "address">,
  settings: SshSettings,
): Promise<Reach> {
  if (proxyCommand !== null) return runProxyCommand(proxyCommand, settings.cwd, settings.env);
  return { stream: gathered(await openSocket(address, settings)), said: () => "" };
}

/** A stream to a host through another one we are connected to, which is left when that fails. */
export function forward(jump: Client, through: HostAddress, address: HostAddress): Promise<Reach> {
  return new Promise((resolve, reject) => {
    jump.forwardOut("127.0.0.1", 0, address.host, address.port, (error, channel) => {
      if (error === undefined) return resolve({ stream: channel, said: () => "" });
      jump.end();
      const cause = `${through.host} could not pass us on to ${address.host}: ${error.message}`;
      reject(new DeployError("HOST_UNREACHABLE", { cause, host: address.host }, { cause: error }));
    });
  });
}
