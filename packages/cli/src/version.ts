/** This package's version, and that of the proxy's image it brings to hosts. A test holds it to package.json. */
export const version = "0.1.0";
