/** `pnpm generate`: writes the pages of `docs/` that are made from code. */
import { writeFileSync } from "node:fs";
import { pages } from "./docs/pages.ts";

for (const [path, text] of Object.entries(pages)) writeFileSync(path, text());
