import { DEFAULT_APP, type Sandbox } from "../../sandbox/sandbox.ts";

/** How to go on playing with a sandbox that was left up. */
export function keptLines(sandbox: Sandbox): string[] {
  return [
    "",
    `The sandbox is still up. The app: ${sandbox.loadBalancer.url}/   On the deployer it lies in ${DEFAULT_APP}.`,
    "  pnpm sandbox run deploy details      what runs where",
    "  pnpm sandbox ssh deployer            a shell where you would type deploy",
    "  pnpm sandbox traffic                 steady traffic, and what becomes of it",
    "  pnpm sandbox down                    take it down",
  ];
}
