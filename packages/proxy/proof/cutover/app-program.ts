/**
 * A web app as a process to be killed: `node app-program.ts NAME COUNTS`. It says its port on stdout.
 * Each POST is written to the file of counts before it is answered, so that a kill loses none.
 */
import { createHash } from "node:crypto";
import { openSync, writeSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bodyOfApp } from "./app-body.ts";

const [name = "", counts = ""] = process.argv.slice(2);
const countsFile = openSync(counts, "a");

const server = createServer((request, response) => {
  const [, verb = "", argument = ""] = (request.url ?? "").split("/");
  response.setHeader("x-app", name);
  // Said by the app itself, so that Node adds no hint of how long it keeps a connection.
  response.setHeader("connection", "keep-alive");
  if (verb === "count") count(request, argument, (hash) => response.end(hash));
  // Carried out, and the connection is gone before the answer: to send it again would do it twice.
  else if (verb === "drop") count(request, argument, () => request.socket.destroy());
  else if (verb === "body") response.end(bodyOfApp(name, Number(argument)));
  else if (verb === "wait") answerInParts(response, Number(argument));
  else response.end(name);
});
// A connection idle for longer is closed, as many an app does: what is sent on it just then must not be lost.
server.keepAliveTimeout = 1_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
// Whoever started it is gone when this ends.
process.stdin.on("end", () => process.exit(0)).resume();

/** @param then given the hash of the body */
function count(request: IncomingMessage, id: string, then: (hash: string) => void): void {
  const hash = createHash("sha256");
  request.on("data", (chunk) => hash.update(chunk));
  request.on("end", () => {
    writeSync(countsFile, `${id}\n`);
    then(hash.digest("hex"));
  });
}

/** Half at once, half after a while: in the middle of it a switch may come. */
function answerInParts(response: ServerResponse, waitMs: number): void {
  const body = bodyOfApp(name, 20_000);
  response.write(body.subarray(0, 10_000));
  setTimeout(() => response.end(body.subarray(10_000)), waitMs);
}
