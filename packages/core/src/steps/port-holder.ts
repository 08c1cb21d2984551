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
  if (!pid || !name)
    return { name: "something we cannot see", hint: freeIt(host.name, `ss -ltnp 'sport = :${port}'`) };
  return { name: `the process ${name} (pid ${pid})`, hint: freeIt(host.name, stopCommand(name, pid)) };
}

function containerHolder(host: string, name: string): PortHolder {
  const kamal = name === "kamal-proxy" ? "; apps that kamal-proxy serves go away with it" : "";
  return { name: `the container ${name}`, hint: `${freeIt(host, `docker stop ${name}`)}${kamal}` };
}

/** Servers that a package manager starts come back unless systemd is told. */
const SERVICES = ["nginx", "apache2", "httpd", "caddy", "haproxy", "traefik", "lighttpd"];

function stopCommand(name: string, pid: string): string {
  return SERVICES.includes(name) ? `systemctl disable --now ${name}` : `kill ${pid}`;
}

function freeIt(host: string, command: string): string {
  return `on ${host}: ${command}, or give our proxy other ports under proxy.run.http_port and https_port`;
}
