import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FailureKind } from "./failure.ts";
import type { TrafficRequest } from "./mix.ts";

/** A whole answer as it came, not yet judged. Header names are lower-case. */
export interface WholeAnswer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** An exchange that did not bring a whole answer, and what was seen on its connection. */
export interface BrokenExchange {
  kind: FailureKind;
  detail: string;
}

export type Exchanged = { reused: boolean } & (
  | { answer: WholeAnswer; broken: null }
  | { answer: null; broken: BrokenExchange }
);

/** Where requests go and over which connections. */
export interface Line {
  url: URL;
  kept: Agent;
  /** How long one exchange may take, in ms. */
  timeoutMs: number;
}

/**
 * A pool for the kept connections. Taking the longest idle one first keeps all of them in use, so
 * that none idles until the server closes it.
 */
export function keptConnections(): Agent {
  return new Agent({ keepAlive: true, scheduling: "fifo" });
}

class TimedOut extends Error {}

/** What was seen on the connection while this exchange had it. */
interface Sightings {
  socket: Socket | null;
  connected: boolean;
  bytesBefore: number;
  reset: boolean;
}

/** Sends one request, once, and says what became of it. Never rejects. */
export function exchange(line: Line, wanted: TrafficRequest): Promise<Exchanged> {
  return new Promise((done) => {
    const seen: Sightings = { socket: null, connected: false, bytesBefore: 0, reset: false };
    const request = httpRequest({
      host: line.url.hostname,
      port: line.url.port,
      method: wanted.method,
      path: wanted.path,
      agent: wanted.connection === "kept" ? line.kept : false,
      headers: {
        connection: wanted.connection === "kept" ? "keep-alive" : "close",
        ...(wanted.body === null ? {} : { "content-length": wanted.body.length }),
      },
    });
    const limit = setTimeout(() => request.destroy(new TimedOut()), line.timeoutMs);
    const settle = (
      result: { answer: WholeAnswer; broken: null } | { answer: null; broken: BrokenExchange },
    ) => {
      clearTimeout(limit);
      done({ reused: request.reusedSocket, ...result });
    };
    watch(request, seen);
    request.on("error", (error) => settle({ answer: null, broken: diagnose(error, seen, line.timeoutMs) }));
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) =>
        settle({ answer: null, broken: diagnose(error, seen, line.timeoutMs) }),
      );
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        settle({ answer: { status: statusCode, headers, body: Buffer.concat(chunks) }, broken: null });
      });
    });
    request.end(wanted.body);
  });
}

function watch(request: ClientRequest, seen: Sightings): void {
  request.on("socket", (socket) => {
    seen.socket = socket;
    seen.bytesBefore = socket.bytesRead;
    seen.connected = !socket.connecting;
    const connected = () => {
      seen.connected = true;
    };
    const failed = (error: NodeJS.ErrnoException) => {
      seen.reset ||= error.code === "ECONNRESET" || error.code === "EPIPE";
    };
    socket.once("connect", connected);
    // Before node:http's own listener, which tells the request and hides whether it was a reset.
    socket.prependListener("error", failed);
    request.once("close", () => {
      socket.off("connect", connected);
      socket.off("error", failed);
    });
  });
}

function diagnose(error: NodeJS.ErrnoException, seen: Sightings, timeoutMs: number): BrokenExchange {
  const bytes = (seen.socket?.bytesRead ?? 0) - seen.bytesBefore;
  const answering = bytes > 0;
  const so_far = `${bytes} bytes of the answer had come`;
  if (error instanceof TimedOut) {
    const waited = `nothing more within ${timeoutMs} ms`;
    if (answering) return { kind: "timeout-in-answer", detail: `${waited}, ${so_far}` };
    return {
      kind: "timeout-before-answer",
      detail: seen.connected ? `connected, then ${waited}` : `no connection within ${timeoutMs} ms`,
    };
  }
  if (error.code?.startsWith("HPE_")) return { kind: "not-http", detail: error.message };
  if (error.code === "ECONNREFUSED") return { kind: "connect-refused", detail: "nothing listens there" };
  if (!seen.connected) return { kind: "connect-failed", detail: error.code ?? error.message };
  if (seen.reset)
    return answering
      ? { kind: "reset-in-answer", detail: `connection reset, ${so_far}` }
      : { kind: "reset-before-answer", detail: "connection reset before the first byte of an answer" };
  return answering
    ? { kind: "short-body", detail: `connection closed, ${so_far}` }
    : { kind: "closed-before-answer", detail: "connection closed without an answer" };
}
