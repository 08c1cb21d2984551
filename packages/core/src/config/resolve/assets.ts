import type { Assets } from "../config.ts";

/** `path` or `path:options`. */
export function resolveAssets(assetPath: string | undefined): Assets | null {
  if (assetPath === undefined) return null;
  const [path = "", ...options] = assetPath.split(":");
  return { path, mountOptions: options.length === 0 ? null : options.join(":") };
}
