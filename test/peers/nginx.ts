import type { dockerAt } from "../../packages/harness/src/engine/ask.ts";
import { type Peer, startPeer, thisMachine } from "./container.ts";

/** Starts nginx in front of an origin on this machine, passing on whatever it does not refuse. */
export function startNginx(docker: ReturnType<typeof dockerAt>, name: string, origin: number): Promise<Peer> {
  const config = `
daemon off;
worker_processes 1;
error_log /dev/stderr notice;
pid /tmp/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  underscores_in_headers on;
  client_max_body_size 0;
  server {
    listen 8000;
    location / {
      proxy_pass http://origin.test:${origin};
      proxy_http_version 1.1;
      proxy_request_buffering off;
      proxy_set_header Host $http_host;
      proxy_next_upstream off;
    }
  }
}`;
  return startPeer(docker, {
    name,
    command: ["nginx", "-c", "/peer/nginx.conf"],
    files: { "/peer/nginx.conf": config },
    ports: [8000],
    hosts: { "origin.test": thisMachine },
    readyWhen: "start worker process ",
  });
}
