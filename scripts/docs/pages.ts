import { join } from "node:path";
import { root } from "../build/places.ts";
import { cliPage } from "./cli.ts";
import { errorsPage } from "./errors.ts";

/** The pages that are made from code, by their path; `pnpm generate` writes them and a test compares them. */
export const pages: Record<string, () => string> = {
  [join(root, "docs", "errors.md")]: errorsPage,
  [join(root, "docs", "cli.md")]: cliPage,
};
