/** Where the control socket is inside the proxy's container. */
export const controlSocketPath = "/run/cutover-proxy/control.sock";

/**
 * What to `docker exec -i` in the proxy's container: it pipes stdin and stdout to the control
 * socket until either side ends. Exec form, because the image holds no shell.
 */
export const dialCommand = ["/bin/node", "/app/cutover-proxy.js", "dial"] as const;

/**
 * What a container of the image runs, as root and with the volume of programs, to put the image's program
 * there. It writes one line of JSON: `{"folder":…}`, which `replace` takes.
 */
export const installCommand = ["install", "--to", "/opt/cutover-proxy"] as const;

/** How the proxy's container has to be made; whoever creates it takes these from here. */
export const proxyContainer = {
  /** Neither root nor anyone else on the host. */
  user: "65532:65532",
  httpPort: 8080,
  httpsPort: 8443,
  /** Where the named volume with the state goes. */
  stateDirectory: "/var/lib/cutover-proxy",
  /** Where the named volume with programs goes, read-only: only root can write to it, from another container. */
  programDirectory: "/opt/cutover-proxy",
  /** Where the tmpfs of the control socket goes, and the mount options it needs. */
  runDirectory: "/run/cutover-proxy",
  runDirectoryOptions: "uid=65532,gid=65532,mode=0700",
} as const;
