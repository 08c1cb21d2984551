import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Node's `http2`, loaded when a client first speaks it: 20 ms of every start otherwise. */
export const http2 = () => require("node:http2") as typeof import("node:http2");
