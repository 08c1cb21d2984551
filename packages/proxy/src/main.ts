import { main } from "./command/main.ts";
import { ownTerminal } from "./command/terminal.ts";

process.exitCode = await main(process.argv.slice(2), ownTerminal);
