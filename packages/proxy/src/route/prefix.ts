/**
 * Reads a path prefix. It begins with a slash; a final one makes no difference, since prefixes
 * match on segment borders: `/api` matches `/api` and `/api/x`, never `/apis`.
 */
export function readPathPrefix(text: string): string | { must: string } {
  if (!/^\/[\x21-\x7e]*$/.test(text) || /[?#]/.test(text) || text.length > 1000) {
    return { must: "a path prefix such as /api" };
  }
  return text === "/" ? text : text.replace(/\/+$/, "") || "/";
}

/** Whether a path, with or without a query, lies under a prefix. */
export function isUnder(path: string, prefix: string): boolean {
  if (prefix === "/") return true;
  if (!path.startsWith(prefix)) return false;
  const next = path.charCodeAt(prefix.length);
  return Number.isNaN(next) || next === 47 || next === 63;
}

/** The path with the prefix removed; always one that begins with a slash. */
export function withoutPrefix(path: string, prefix: string): string {
  if (prefix === "/") return path;
  const rest = path.slice(prefix.length);
  return rest.charCodeAt(0) === 47 ? rest : `/${rest}`;
}
