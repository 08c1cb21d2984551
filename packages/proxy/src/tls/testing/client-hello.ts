import { createServer, type Socket } from "node:net";
import { connect } from "node:tls";

/** The first bytes that a TLS client sends which offers these protocols. */
export async function clientHello(options: { protocols: string[]; servername: string }): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  const server = createServer((socket: Socket) => socket.once("data", resolve));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("it listens on a port");
  const client = connect({
    port: address.port,
    host: "127.0.0.1",
    servername: options.servername,
    ALPNProtocols: options.protocols,
  });
  client.on("error", () => client.destroy());
  const hello = await promise;
  client.destroy();
  server.close();
  return hello;
}
