/** What has to be said of a client's connection in an answer's head; null where the version says it already. */
export function connectionField(keepAlive: boolean, minor: 0 | 1): "close" | "keep-alive" | null {
  if (!keepAlive) return "close";
  return minor === 0 ? "keep-alive" : null;
}
