/** Node's `http2`, loaded when a client first speaks it: 20 ms of every start otherwise. */
export const http2 = () => process.getBuiltinModule("node:http2");
