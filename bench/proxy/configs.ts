import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manyPrefixes, manyServices } from "./many-services.ts";
import { echoPort, ports } from "./ports.ts";

/** A certificate and its key, as files: for nginx two, for HAProxy one. */
export interface CertificateFiles {
  certificate: string;
  key: string;
  both: string;
}

/** Writes what the origin serves and takes, and how each of Debian's servers is told to. */
export function writeConfigs(folder: string, uploads: string, files: CertificateFiles): void {
  mkdirSync(join(folder, "files"), { recursive: true });
  writeFileSync(join(folder, "files/1k"), Buffer.alloc(1_024, "x"));
  writeFileSync(join(folder, "files/100k"), Buffer.alloc(102_400, "x"));
  writeFileSync(join(folder, "files/10m"), Buffer.alloc(10_485_760, "x"));
  writeFileSync(join(folder, "origin.conf"), originConfig(folder, uploads, files));
  writeFileSync(join(folder, "nginx.conf"), nginxConfig(folder, files));
  writeFileSync(join(folder, "haproxy.conf"), haproxyConfig(folder, files));
}

function nginxFrame(folder: string, name: string, http: string): string {
  const temporary = ["proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${name}-${kind};`,
  );
  return `daemon off; worker_processes 1; pid ${folder}/${name}.pid; error_log stderr crit;
events { worker_connections 8192; }
http { access_log off; keepalive_requests 100000000; sendfile on; tcp_nodelay on; client_max_body_size 0;
server_names_hash_max_size 4096; ${temporary.join(" ")} ${http} }\n`;
}

function nginxTls({ certificate, key }: CertificateFiles, port: number): string {
  return `listen 127.0.0.1:${port} ssl http2 backlog=4096; ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
}

function originConfig(folder: string, uploads: string, files: CertificateFiles): string {
  const { http, https } = ports.origin;
  // What is included by the server has no length that is known beforehand, and so comes in chunks.
  return nginxFrame(
    folder,
    "origin",
    `open_file_cache max=16; client_body_temp_path ${uploads}/temporary;
server { listen 127.0.0.1:${http} backlog=4096; ${nginxTls(files, https)} root ${folder}/files;
location = /up { return 200; }
location = /chunked { ssi on; ssi_types *; alias ${folder}/files/100k; }
location = /upload { root ${uploads}; dav_methods PUT; } }`,
  );
}

function nginxConfig(folder: string, files: CertificateFiles): string {
  const { http, https } = ports.nginx;
  const pass = `proxy_pass http://origin; proxy_http_version 1.1; proxy_request_buffering off;
proxy_set_header Connection ""; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Request-Id $request_id;`;
  const many = manyServices.map(({ hosts }) => {
    const locations = manyPrefixes.map((prefix) => `location ${prefix} { ${pass} }`);
    return `server { listen 127.0.0.1:${http}; server_name ${hosts.join(" ")}; ${locations.join(" ")} }`;
  });
  return nginxFrame(
    folder,
    "nginx",
    `client_body_temp_path ${folder}/nginx-body;
upstream origin { server 127.0.0.1:${ports.origin.http}; keepalive 1024; keepalive_requests 100000000; }
server { listen 127.0.0.1:${http} default_server backlog=4096; ${nginxTls(files, https)}
location / { ${pass} }
location /echo { proxy_pass http://127.0.0.1:${echoPort}; proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection Upgrade; } }
${many.join("\n")}`,
  );
}

function haproxyConfig(folder: string, { both }: CertificateFiles): string {
  const { http, https } = ports.haproxy;
  const map = join(folder, "hosts.map");
  const lines = manyServices.flatMap(({ name, hosts }) => hosts.map((host) => `${host} ${name}`));
  writeFileSync(map, `${lines.join("\n")}\n`);
  const origin = `server origin 127.0.0.1:${ports.origin.http}`;
  return `global
  nbthread 1
  maxconn 8192
defaults
  mode http
  timeout connect 5s
  timeout client 75s
  timeout server 30s
  option forwardfor
  http-reuse always
frontend front
  bind 127.0.0.1:${http}
  bind 127.0.0.1:${https} ssl crt ${both} alpn h2,http/1.1
  use_backend echo if { path_beg /echo }
  use_backend %[req.hdr(host),lower,map(${map},origin)]
backend origin
  ${origin}
backend echo
  server echo 127.0.0.1:${echoPort}
${manyServices.map(({ name }) => `backend ${name}\n  ${origin}`).join("\n")}
`;
}
