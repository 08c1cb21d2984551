/**
 * `pnpm build`: what users install, as npm would publish it, in `dist/`:
 *
 * - `cutover-<version>.tgz`, the command line with core bundled into it
 * - `cutover-proxy-image-linux-<arch>-<version>.tgz`, the proxy's image for each architecture
 *
 * What has not changed since the last build is not made again. `--only cli` leaves the images alone.
 */
import { bundleCli } from "./build/bundle-cli.ts";
import { cliInputs, proxyInputs } from "./build/inputs.ts";
import { packCli } from "./build/pack-cli.ts";
import { packProxyImages } from "./build/pack-proxy-images.ts";
import { unlessUnchanged } from "./build/unless-unchanged.ts";

const only = process.argv.includes("--only") ? process.argv.at(-1) : undefined;
if (only !== undefined && only !== "cli" && only !== "proxy") {
  console.error("usage: pnpm build [--only cli|proxy]");
  process.exit(2);
}

if (only !== "proxy") {
  await unlessUnchanged("cli", cliInputs(), async () => {
    return [await packCli(await bundleCli())];
  });
}
if (only !== "cli") await unlessUnchanged("proxy", proxyInputs(), packProxyImages);
