import { Command } from "commander";
import type { Perform } from "../perform.ts";
import { proxyBootCommand, proxyRebootCommand } from "./proxy-boot.ts";
import { proxyDetailsCommand } from "./proxy-details.ts";

/** `deploy proxy …`: what concerns the proxy on each host, which all of its apps share. */
export function proxyCommand(perform: Perform): Command {
  return new Command("proxy")
    .description("Look at the proxy on each host, boot it, or replace it by this version without a gap")
    .helpGroup("Deploying:")
    .helpCommand(false)
    .addCommand(proxyDetailsCommand(perform))
    .addCommand(proxyBootCommand(perform))
    .addCommand(proxyRebootCommand(perform));
}
