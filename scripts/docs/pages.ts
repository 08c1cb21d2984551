import { join } from "node:path";
import { root } from "../build/places.ts";
import { cliPage } from "./cli.ts";
import { configurationPage } from "./configuration.ts";
import { errorsPage } from "./errors.ts";
import { eventsSchemaFile, jsonSchemaFile } from "./json-schema.ts";
import { performancePage } from "./performance.ts";

/** The files that are made from code, by their path; `pnpm generate` writes them and a test compares them. */
export const pages: Record<string, () => string> = {
  [join(root, "docs", "errors.md")]: errorsPage,
  [join(root, "docs", "cli.md")]: cliPage,
  [join(root, "docs", "configuration.md")]: configurationPage,
  [join(root, "docs", "performance.md")]: performancePage,
  [join(root, "schema", "deploy.schema.json")]: jsonSchemaFile,
  [join(root, "schema", "events.schema.json")]: eventsSchemaFile,
};
