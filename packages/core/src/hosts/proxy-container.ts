/** The proxy's container on every host. */
export const PROXY_CONTAINER = "cutover-proxy";
/** The volume with programs that a running proxy can be replaced by. */
export const PROXY_PROGRAMS = "cutover-proxy-programs";
