import { join, resolve } from "node:path";

/** The root of this checkout, where `docker-compose.yml` lies. */
export const checkout = resolve(import.meta.dirname, "../../..");

/** The folder with a folder for each machine's image. */
export const imagesFolder = join(checkout, "harness", "images");
