import { atOnce } from "./at-once.ts";
import { bake } from "./bake.ts";
import { clientEnded } from "./client-ended.ts";
import { clock } from "./clock.ts";
import { containers } from "./containers.ts";
import { disk } from "./disk.ts";
import { engine } from "./engine.ts";
import { image } from "./image.ts";
import { lease } from "./lease.ts";
import { nested } from "./nested.ts";
import { network } from "./network.ts";
import { oneHost } from "./one-host.ts";
import { proxy } from "./proxy.ts";
import { rebooted } from "./reboot.ts";
import { registry } from "./registry.ts";
import { sharing } from "./sharing.ts";
import type { Story } from "./story.ts";

/** Every story of bad luck. Those that leave much to clear up come last. */
export const stories: readonly Story[] = [
  ...clientEnded,
  ...atOnce,
  ...nested,
  ...lease,
  ...bake,
  ...clock,
  ...registry,
  ...disk,
  ...oneHost,
  ...containers,
  ...proxy,
  ...network,
  ...engine,
  ...rebooted,
  ...sharing,
  ...image,
];
