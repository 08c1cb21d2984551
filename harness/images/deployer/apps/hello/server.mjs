// A small web app that says its version in every answer. Each answer names the checksum of
// its whole body, so that whoever asked can tell a complete answer from a truncated one.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const LONGEST_DELAY_MS = 10_000;
const LARGEST_BODY = 16 * 1024 * 1024;

/** `version`; `port`; `health`: what `/up` answers with; `boot`: "serve", or "exit" to end at once. */
const settings = JSON.parse(readFileSync(new URL("settings.json", import.meta.url), "utf8"));

const sha256 = (body) => createHash("sha256").update(body).digest("hex");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function received(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The same bytes for the same size, and different ones at each offset of a line. */
function patterned(size) {
  const line = "the quick brown fox jumps over the lazy dog 0123456789\n";
  return Buffer.alloc(size, line);
}

function answer(response, status, type, body) {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "x-app-version": settings.version,
    "x-body-sha256": sha256(body),
  });
  response.end(body);
}

const text = (response, status, body) => answer(response, status, "text/plain; charset=utf-8", body);

async function respond(request, response) {
  const url = new URL(request.url, "http://app");
  const number = (name, largest) => Math.min(Number(url.searchParams.get(name) ?? 0) || 0, largest);

  switch (`${request.method} ${url.pathname}`) {
    case "GET /":
      return text(response, 200, `${process.env.GREETING ?? "Hello"} from version ${settings.version}\n`);
    case "GET /up":
      return text(response, settings.health === "ok" ? 200 : 500, `${settings.health}\n`);
    case "GET /bytes":
      await wait(number("delay", LONGEST_DELAY_MS));
      return answer(response, 200, "application/octet-stream", patterned(number("size", LARGEST_BODY)));
    case "POST /echo": {
      const body = await received(request);
      await wait(number("delay", LONGEST_DELAY_MS));
      return answer(response, 200, "application/octet-stream", body);
    }
    // What this container was given, for tests: a real app would never tell.
    case "GET /env": {
      const value = process.env[url.searchParams.get("name") ?? ""];
      return value === undefined ? text(response, 404, "not set\n") : text(response, 200, value);
    }
    default:
      return text(response, 404, `nothing at ${url.pathname}\n`);
  }
}

if (settings.boot === "exit") {
  process.stderr.write("Error: could not connect to the database at db:5432\n");
  process.exit(1);
}

const server = createServer((request, response) => {
  response.on("finish", () => {
    // A health check comes every second and would be all that the log says.
    if (request.url === "/up") return;
    process.stdout.write(`${request.method} ${request.url} ${response.statusCode}\n`);
  });
  respond(request, response).catch((error) => {
    process.stderr.write(`${request.method} ${request.url}: ${error.message}\n`);
    response.destroy(error);
  });
});

server.listen(settings.port, () => {
  process.stdout.write(`version ${settings.version} listens on ${settings.port}\n`);
});

process.on("SIGTERM", () => {
  process.stdout.write("SIGTERM: finishing what is under way\n");
  server.close(() => process.exit(0));
});
