import type { Machine } from "../sandbox/machine.ts";
import type { Vm } from "../sandbox/sandbox.ts";
import { doTo, type Fault } from "./fault.ts";

/** Everything between a machine and the others disappears without an answer, as when a cable is cut. */
export async function cutOff(machine: Machine): Promise<Fault> {
  await doTo(
    machine,
    "iptables -I INPUT -i eth0 -j DROP && iptables -I OUTPUT -o eth0 -j DROP && iptables -I FORWARD -i eth0 -j DROP",
  );
  return {
    heal: async () => {
      await doTo(
        machine,
        "for rule in 'INPUT -i eth0' 'OUTPUT -o eth0' 'FORWARD -i eth0'; do iptables -D $rule -j DROP 2>/dev/null || true; done",
      );
    },
  };
}

/** Connections to a port of a VM are refused at once, as when nothing listens there. */
export async function refusePort(vm: Vm, port: number): Promise<Fault> {
  const rule = `INPUT -p tcp --dport ${port} -j REJECT --reject-with tcp-reset`;
  await doTo(vm, `iptables -I ${rule}`);
  return {
    heal: async () => {
      await doTo(vm, `iptables -D ${rule} 2>/dev/null || true`);
    },
  };
}
