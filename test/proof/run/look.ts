import type { Sandbox, Vm } from "../../../packages/harness/src/sandbox/sandbox.ts";
import type { FleetLeft, HostLeft } from "../judge/told.ts";

const FOLDER = "/var/lib/cutover/apps/hello";

/** One line a fact, its name first. */
const script = `
cd ${FOLDER} 2>/dev/null || exit 0
ls releases 2>/dev/null | sed 's/^/record /'
echo "active $(grep -o '"release":"[^"]*"' active.json 2>/dev/null | head -1 | cut -d'"' -f4)"
newest=$(ls locks 2>/dev/null | grep -E '^[0-9]+\\.json$' | sort -n | tail -1)
[ -n "$newest" ] && echo "lock $(grep -o '"state":"[a-z]*"' "locks/$newest" | cut -d'"' -f4)"
find . -name '.*' -type f ! -name .seed | sed 's/^/unfinished /'
docker images --quiet --no-trunc registry:4443/hello | sort -u | sed 's/^/image /'
exit 0
`;

/** What each host answers and holds. */
export async function lookAtFleet(sandbox: Sandbox): Promise<FleetLeft> {
  const [vm1, vm2] = await Promise.all(sandbox.vms.map(lookAt));
  return { vm1: vm1 as HostLeft, vm2: vm2 as HostLeft };
}

async function lookAt(vm: Vm): Promise<HostLeft> {
  const [serves, containers, { stdout }] = await Promise.all([servedBy(vm), vm.containers(), vm.run(script)]);
  const lines = stdout.split("\n").map((line) => line.split(" "));
  const all = (fact: string) => lines.flatMap(([name, value]) => (name === fact && value ? [value] : []));
  return {
    serves,
    containers: containers.map(({ name, state, labels }) => ({
      name,
      state,
      release: labels["cutover.release"] ?? "",
      kind: labels["cutover.kind"] ?? "",
      app: labels["cutover.app"] ?? "",
    })),
    records: all("record"),
    active: all("active")[0] ?? null,
    lock: all("lock")[0] === "held" ? "held" : "free",
    unfinished: all("unfinished"),
    images: all("image").length,
  };
}

/** The version that answers on a host's port 80, or what answers instead. */
export async function servedBy(vm: Vm): Promise<string> {
  const ask =
    "curl --silent --max-time 3 --output /dev/null --write-out '%{http_code} %header{x-app-version}' http://127.0.0.1/";
  const { stdout } = await vm.run(ask);
  const [status, version] = stdout.trim().split(" ");
  if (version) return version;
  return status === "000" ? "nothing" : `status ${status}`;
}

/**
 * Waits until both hosts answer with a version: an engine that was started again starts its containers
 * after it says that it is up. A host that never does is a finding, and not for this function.
 */
export async function settled(sandbox: Sandbox, withinMs = 60_000): Promise<void> {
  const until = performance.now() + withinMs;
  for (const vm of sandbox.vms)
    while (/^(status|nothing)/.test(await servedBy(vm).catch(() => "nothing")) && performance.now() < until);
}
