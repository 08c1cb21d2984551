import { createRequire } from "node:module";

/**
 * Node's `http`. An `import` of it reads everything that it exports, and among that is what loads a
 * whole HTTP client (undici): 40 ms and 8 MB, for nothing here.
 */
export const http = createRequire(import.meta.url)("node:http") as typeof import("node:http");
