import type { ServerHttp2Session } from "node:http2";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type SecureContext, type TLSSocket } from "node:tls";
import type { Clock } from "../clock.ts";
import { serveHttp2 } from "../http2/session.ts";
import type { StreamSocket } from "../http2/stream-socket.ts";
import { offeredProtocols } from "./client-hello.ts";
import { type CertificatePair, contextOptions } from "./pair.ts";

/** How long a client may take to agree on keys; it holds a socket and some 50 KB meanwhile. */
const handshakeMs = 15_000;
/** A ClientHello is one record at most, and records hold 16 KB. */
const longestHello = 16_384 + 5;

/** The protocol by which an ACME server asks whether we answer for a host (RFC 8737). */
export const acmeProtocol = "acme-tls/1";

/** What a TLS listener needs of those around it. */
export interface TlsEdge {
  /** The certificate for a name in lower case, "" where a client names none; null refuses the handshake. */
  certificateFor(name: string): SecureContext | null | Promise<SecureContext | null>;
  /** The certificate that answers a TLS-ALPN-01 challenge for a name; null where there is none. */
  challengeFor(name: string): SecureContext | null;
  /** Whether such a challenge is under way. */
  readonly challenged: boolean;
  serveHttp1(socket: TLSSocket): void;
  /** Serves one virtual HTTP/1.1 connection, with one request on it. */
  serveStream(socket: StreamSocket): void;
}

/** Accepts clients over TLS, and hands each to what serves the protocol they agreed on. */
export class TlsListener {
  readonly server: Server;
  readonly #edge: TlsEdge;
  readonly #open = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #tls;
  readonly #challenges;
  #default: CertificatePair | null = null;

  constructor(edge: TlsEdge) {
    this.#edge = edge;
    this.#tls = createTlsServer(
      {
        ...contextOptions,
        ALPNProtocols: ["h2", "http/1.1"],
        handshakeTimeout: handshakeMs,
        SNICallback: (name, found) => this.#find(name, found),
      },
      (socket) => this.#serve(socket),
    );
    this.#challenges = createTlsServer(
      {
        ...contextOptions,
        ALPNProtocols: [acmeProtocol],
        handshakeTimeout: handshakeMs,
        SNICallback: (name, found) => {
          const context = edge.challengeFor(name.toLowerCase());
          if (context === null) found(noCertificate);
          else found(null, context);
        },
      },
      (socket) => socket.end(),
    );
    for (const server of [this.#tls, this.#challenges])
      server.on("tlsClientError", (_, socket) => socket.destroy());
    // Whoever leaves before keys are agreed on, as balancers do that only look whether somebody listens, is done with.
    this.server = createTcpServer({ noDelay: true, keepAlive: true }, (socket) => this.#accept(socket));
  }

  /** @throws the system's error when the port can't be had */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen({ port, backlog: 4096 }, resolve);
    });
  }

  /** Sets what clients get that name no host: SNI is not asked about them. */
  setDefault(pair: CertificatePair): void {
    const { certificate, privateKey } = pair;
    // To set it costs a millisecond and more.
    if (this.#default?.certificate === certificate && this.#default.privateKey === privateKey) return;
    this.#default = pair;
    this.#tls.setSecureContext({ ...contextOptions, cert: certificate, key: privateKey });
  }

  /** Accepts no more and says so to clients of HTTP/2; cuts at the limit what is left. */
  async close(limitMs: number, clock: Clock): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const session of this.#sessions) session.close();
    const limit = clock.after(limitMs, () => {
      for (const socket of this.#open) socket.destroy();
    });
    await closed;
    limit.cancel();
  }

  #accept(socket: Socket): void {
    this.#open.add(socket);
    socket.once("close", () => this.#open.delete(socket));
    // Until TLS has it, a reset by the client would have no one to hear of it; `close` follows.
    socket.on("error", () => socket.destroy());
    if (this.#edge.challenged) this.#acceptByProtocol(socket);
    else this.#tls.emit("connection", socket);
  }

  /** The certificate depends on the protocol while a challenge is open, and OpenSSL asks for it before. */
  #acceptByProtocol(socket: Socket): void {
    socket.setTimeout(handshakeMs, () => socket.destroy());
    let hello: Buffer = Buffer.alloc(0);
    const onReadable = () => {
      const bytes: Buffer | null = socket.read();
      if (bytes === null) return;
      hello = Buffer.concat([hello, bytes]);
      const protocols = offeredProtocols(hello);
      if (protocols === null && hello.length < longestHello) return;
      socket.off("readable", onReadable);
      socket.setTimeout(0);
      socket.unshift(hello);
      const server = protocols?.includes(acmeProtocol) === true ? this.#challenges : this.#tls;
      server.emit("connection", socket);
    };
    socket.on("readable", onReadable);
  }

  #find(name: string, found: (error: Error | null, context?: SecureContext) => void): void {
    Promise.resolve(this.#edge.certificateFor(name.toLowerCase())).then(
      (context) => (context === null ? found(noCertificate) : found(null, context)),
      (error: Error) => found(error),
    );
  }

  #serve(socket: TLSSocket): void {
    // From here on a client may close its sending side and wait for its answer.
    socket.allowHalfOpen = true;
    if (socket.alpnProtocol !== "h2") {
      this.#edge.serveHttp1(socket);
      return;
    }
    const session = serveHttp2(socket, this.#edge.serveStream);
    this.#sessions.add(session);
    session.once("close", () => this.#sessions.delete(session));
  }
}

const noCertificate = new Error("there is no certificate for that name");
