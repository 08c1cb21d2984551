import type { Act } from "./act.ts";

/** Who holds a port, and what to do about it. */
export interface PortHolder {
  /** `the container kamal-proxy`, `the process nginx (pid 812)`. */
  name: string;
  hint: string;
}

/**
 * Prints pid and name of the process that listens on the port given, from `/proc` alone, since
 * neither `ss` nor `lsof` is on every host. Needs root to see other users' processes.
 */
const FIND_LISTENER = `
hex=$(printf '%04X' "$1")
inodes=$(awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
for inode in $inodes; do
  for fd in /proc/[0-9]*/fd/*; do
    if [ "$(readlink "$fd" 2>/dev/null)" = "socket:[$inode]" ]; then
      pid=\${fd#/proc/}
      pid=\${pid%%/*}
      echo "$pid $(cat "/proc/$pid/comm")"
      exit 0
    fi
  done
done
`;

/** Finds out who listens on a port of the host: a container by what Docker publishes, else a process. */
export async function whoHoldsPort(port: number, { host, docker }: Act): Promise<PortHolder> {
  const containers = await docker.listContainers();
  const publishing = containers.find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port));
  if (publishing !== undefined)
    return containerHolder(host.name, publishing.Names[0]?.slice(1) ?? publishing.Id);
  const found = await host.script(FIND_LISTENER, [String(port)]);
  const [pid, name] = found.stdout.trim().split(" ");
  return pid && name ? processHolder(host.name, name, pid) : unseenHolder(host.name, port);
}

/** Proxies of other tools, whose apps are not served while they are stopped. */
const PROXIES = /^(kamal-proxy|traefik|caddy|caddy-docker-proxy|nginx-proxy|nginx|coolify-proxy|dokku-.*)$/;

/** What to do about a container that holds a port. */
export function containerHolder(host: string, name: string): PortHolder {
  const others = PROXIES.test(name) ? `; what ${name} serves is not answered from then on` : "";
  return { name: `the container ${name}`, hint: `${freeIt(host, `docker stop ${name}`)}${others}` };
}

/** Servers that a package manager starts come back unless systemd is told. */
const SERVICES = ["nginx", "apache2", "httpd", "caddy", "haproxy", "traefik", "lighttpd"];

/** What to do about a process of the host itself. */
export function processHolder(host: string, name: string, pid: string): PortHolder {
  const stop = SERVICES.includes(name) ? `systemctl disable --now ${name}` : `kill ${pid}`;
  return { name: `the process ${name} (pid ${pid})`, hint: freeIt(host, stop) };
}

/** Only root sees whose a socket is. */
function unseenHolder(host: string, port: number): PortHolder {
  return { name: "something we cannot see", hint: freeIt(host, `sudo ss -ltnp 'sport = :${port}'`) };
}

function freeIt(host: string, command: string): string {
  return `on ${host}: ${command}, or give our proxy other ports under proxy.run.http_port and https_port`;
}
