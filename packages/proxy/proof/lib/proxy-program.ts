/**
 * The proxy as a process to be killed: `node proxy-program.ts FOLDER POINT`. It keeps its state
 * in the folder, and kills itself just before the POINT-th thing it does to the disk; 0 is never.
 */
import { join } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { probe } from "../../src/gate/probe.ts";
import { jsonLog } from "../../src/log/log.ts";
import { startProxy } from "../../src/proxy.ts";
import { someAcme } from "../../src/testing/acme.ts";
import { crashingDisk } from "../crash/crashing-disk.ts";

const [folder = "", point = "0"] = process.argv.slice(2);

await startProxy(
  {
    httpPort: 0,
    httpsPort: 0,
    acme: someAcme(join(folder, "certificates")),
    stateDirectory: join(folder, "state"),
    socketPath: join(folder, "control"),
  },
  {
    log: jsonLog(process.stdout, systemClock.now),
    clock: systemClock,
    probe,
    disk: crashingDisk(Number(point)),
  },
);
// Whoever started it is gone when this ends.
process.stdin.on("end", () => process.exit(0)).resume();
