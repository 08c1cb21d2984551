import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { commitHello } from "../packages/harness/src/apps/hello.ts";
import { fleetOf, givenVersion1Serves, versionsServed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

beforeAll(() => givenVersion1Serves(sandbox));
beforeEach(() => sandbox.deployer.restoreApps());

/** Lines for the end of `config/deploy.yml`. */
async function configure(...lines: string[]): Promise<void> {
  const config = await sandbox.deployer.run("cat config/deploy.yml");
  await sandbox.deployer.write("config/deploy.yml", `${config.stdout}\n${lines.join("\n")}\n`);
}

/** First, since it ends where it began: the next story needs nothing set up. */
describe("a release that bakes", () => {
  test("and fails more often than the one before is put back by itself, with exit 70", async () => {
    await configure("bake: 30s");
    await sandbox.deployer.run(
      `sed -i 's|^  respond(request, response)|  if (request.url !== "/up" \\&\\& Math.random() < 0.3) return text(response, 500, "out of luck");\\n&|' server.mjs`,
    );
    await commitHello(sandbox.deployer, { version: "2" });
    const traffic = sandbox.traffic.start({ perSecond: 100 });
    await traffic.answers(100);

    const { exitCode, output } = await sandbox.deployer.run("deploy");

    await traffic.answers(50);
    await traffic.stop();
    expect(exitCode, output).toBe(70);
    expect(output).toMatch(/worse than the release before: \d+\.\d % of its requests failed/);
    expect(output).toContain("reverted");
    expect(await versionsServed(sandbox)).toEqual(["1", "1"]);
  });
});

describe("a host that is down", () => {
  const repairs: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const repair of repairs.splice(0)) await repair();
  });

  async function closeSsh(): Promise<void> {
    const rule = "INPUT -p tcp --dport 22 -j REJECT --reject-with tcp-reset";
    await sandbox.vm(2).run(`iptables -I ${rule}`);
    repairs.push(() => sandbox.vm(2).run(`iptables -D ${rule}`));
  }

  test("is left behind where that is allowed, named with exit 4, and remembered", async () => {
    await configure("unreachable:", "  allow: 1");
    await commitHello(sandbox.deployer, { version: "2" });
    await closeSsh();

    const { exitCode, output } = await sandbox.deployer.run("deploy");

    expect(exitCode, output).toBe(4);
    expect(output).toMatch(/vm2 was left behind: vm2 refuses connections/);
    expect((await versionsServed(sandbox)).toSorted()).toEqual(["1", "2"]);
    const note = await sandbox.vm(1).run("cat /var/lib/cutover/apps/hello/left-behind.json");
    expect(JSON.parse(note.stdout)).toMatchObject({ hosts: [{ host: "vm2" }] });
  });

  test("is the primary one's part that cannot be done without", async () => {
    await sandbox.deployer.run("sed -i 's/- vm1/- vmX/; s/- vm2/- vm1/; s/- vmX/- vm2/' config/deploy.yml");
    await closeSsh();
    const { exitCode, output } = await sandbox.deployer.run("deploy redeploy -P --skip-unreachable");
    expect(exitCode, output).toBe(20);
  });

  test("a deploy of chosen hosts leaves the others as they are", async () => {
    await commitHello(sandbox.deployer, { version: "3" });
    const { exitCode, output } = await sandbox.deployer.run("deploy -h 'vm[13]'");
    expect(exitCode, output).toBe(0);
    expect((await versionsServed(sandbox)).toSorted()).toEqual(["1", "3"]);
  });

  test("deploy catch-up brings what was left behind to the release that serves, and builds nothing", async () => {
    const { exitCode, output } = await sandbox.deployer.run("deploy catch-up");
    expect(exitCode, output).toBe(0);
    expect(await versionsServed(sandbox)).toEqual(["3", "3"]);
    const again = await sandbox.deployer.run("deploy catch-up");
    expect(again.exitCode, again.output).toBe(0);
    expect(again.output).toContain("no host is left behind");
  });
});

/** Steps of one story: each builds on the one before, the first on whatever both hosts serve. */
describe("hosts in batches of one, with a worker on the first", () => {
  const batches = ["boot:", "  limit: 1", "readiness_delay: 500ms", "bake: 1s"];

  /** Web on both hosts, and a worker on vm1 that only waits. */
  async function withWorker(): Promise<void> {
    await sandbox.deployer.run(
      `sed -i 's/^servers:/servers:\\n  web:/; s/^  - vm/    - vm/; s/^registry:/  jobs:\\n    hosts: [vm1]\\n    cmd: sleep 3600\\n    stop_timeout: 1\\n&/' config/deploy.yml`,
    );
    await configure(...batches);
  }

  const running = async (vm: "vm1" | "vm2") =>
    (await fleetOf(sandbox))[vm]?.filter((container) => / running$/.test(container));

  test("each host is switched and drained before the next one boots, and no request is lost", async () => {
    await withWorker();
    const [before = ""] = await versionsServed(sandbox);
    const version = await commitHello(sandbox.deployer, { version: "4" });
    const traffic = sandbox.traffic.start({ perSecond: 80, versions: [before, "4"] });
    await traffic.answersOf(before, 50);

    const { exitCode, output } = await sandbox.deployer.run("deploy");

    expect(exitCode, output).toBe(0);
    await traffic.answersOf("4", 50);
    expect((await traffic.stop()).failures).toEqual([]);
    const order = [
      /vm1 .*✓ let the requests/,
      /vm1 .*✓ watch hello-web/,
      /vm2 .*✓ start hello-web/,
      /vm2 .*✓ route hello-web/,
    ];
    expect(order.map((line) => output.search(line)).toSorted((a, b) => a - b)).toEqual(
      order.map((line) => output.search(line)),
    );
    expect(await running("vm1")).toEqual([
      "cutover-proxy running",
      `hello-jobs-${version} running`,
      `hello-web-${version} running`,
    ]);
  });

  test("a failure on the second host puts the first one back, its worker too", async () => {
    await withWorker();
    const before = await running("vm1");
    await sandbox.deployer.run(
      `sed -i '1i if (process.env.KAMAL_HOST === "vm2") throw new Error("not on this host");' server.mjs`,
    );
    await commitHello(sandbox.deployer, { version: "5" });
    const traffic = sandbox.traffic.start({ perSecond: 80, versions: ["4", "5"] });

    const { exitCode, output } = await sandbox.deployer.run("deploy");

    await traffic.answers(50);
    const report = await traffic.stop();
    expect(exitCode, output).toBe(61);
    expect(output).toContain("vm2");
    expect(output).toContain("not on this host");
    expect(output).toContain("reverted");
    expect(report.failures).toEqual([]);
    expect(report.changes.map(({ to }) => to)).toContain("5");
    expect(await versionsServed(sandbox)).toEqual(["4", "4"]);
    expect(await running("vm1")).toEqual(before);
  });
});
