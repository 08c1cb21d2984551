/**
 * Keys that people write and that are not there, with what to write instead. By path, `*` for any
 * name; they are looked up only after a key turned out to be unknown.
 */
export const misplaced: Record<string, string> = {
  hooks: "hooks are files in .cutover/hooks; hooks_path names another folder",
  destinations: "a destination is a file of its own, config/deploy.<destination>.yml, chosen with -d",
  rollback: "nothing has to be set for a rollback; retain_containers says how many releases are kept",
  backup: "there are no backups here; an accessory can make them",
  audit_broadcast_cmd: "use a post-deploy hook",
  traefik: "the proxy that is used is ours; say proxy.host, proxy.app_port and proxy.ssl",
  healthcheck: "write it under proxy: proxy.healthcheck.path, and proxy.app_port for its port",
  stop_wait_time: "the new spelling is stop_timeout",
  multiarch: "write builder.arch: [amd64, arm64]",
  "builder.multiarch": "write builder.arch: [amd64, arm64]",
  "builder.args.secrets": "write builder.secrets",
  "builder.remote.ssh": "write builder.remote: ssh://user@host",
  "proxy.host_port": "write proxy.run.http_port",
  "proxy.redirect-www": "redirect in the app; proxy.hosts lists every name it answers to",
  "proxy.port": "write proxy.app_port",
  "proxy.ssl.certificate_path": "write proxy.ssl.certificate_pem, the name of the secret that holds it",
  "proxy.ssl.private_key_path": "write proxy.ssl.private_key_pem, the name of the secret that holds it",
  "accessories.*.container_name": "write service",
  "accessories.*.ports": "write port; one more can go under options.publish",
  "accessories.*.restart": "write options.restart",
  "servers.*.port": "write proxy.app_port in the role",
  "servers.*.traefik": "write proxy: true or false in the role",
  "servers.*.command": "write cmd",
};

/** The entry of {@link misplaced} for a path, if there is one. */
export function misplacedHint(path: readonly (string | number)[]): string | null {
  for (const [pattern, hint] of Object.entries(misplaced)) {
    const parts = pattern.split(".");
    const matches =
      parts.length === path.length && parts.every((part, index) => part === "*" || part === path[index]);
    if (matches) return hint;
  }
  return null;
}
