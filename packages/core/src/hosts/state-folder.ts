/** Where our state lies on a host: it belongs to the engine and not to whoever logs in. */
export const STATE_FOLDER = "/var/lib/cutover";
