/** Whose a container is: `service` or `service-destination`. Nothing without it is ever pruned. */
export const APP_LABEL = "cutover.app";
/** The release it belongs to. */
export const RELEASE_LABEL = "cutover.release";
export const VERSION_LABEL = "cutover.version";
/** What it is for: `role`, `exec`, `proxy`. */
export const KIND_LABEL = "cutover.kind";
/** What Kamal's users look for, beside ours. */
export const SERVICE_LABEL = "service";
export const ROLE_LABEL = "role";
export const DESTINATION_LABEL = "destination";
/** On the proxy's container: a checksum of how it was made, so that other options are noticed. */
export const PROXY_OPTIONS_LABEL = "cutover.proxy-options";
