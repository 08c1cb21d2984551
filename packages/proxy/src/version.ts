/** The proxy's own release; the same as its package's, held to it by a test. */
export const proxyVersion = "0.1.0";
