import http, { type Server } from "node:http";

/** Serves `/metrics` on a port of its own. */
export async function serveMetrics(port: number, render: () => string): Promise<Server> {
  const server = http.createServer((request, response) => {
    const asked = request.url === "/metrics" && request.method === "GET";
    response.writeHead(asked ? 200 : 404, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
    response.end(asked ? render() : "not found\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, exclusive: true }, resolve);
  });
  return server;
}
