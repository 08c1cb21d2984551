import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proxyVersion } from "../packages/proxy/src/version.ts";
import { givenVersion1Serves, givenVersion2Committed } from "./given.ts";
import { sandbox } from "./sandbox.ts";

const [vm1] = sandbox.vms;
if (vm1 === undefined) throw new Error("the sandbox has no machine");

/** The proxy's container made anew on vm1, as `deploy` makes it, from an image whose program calls itself older. */
const olderProxy = `
set -eu
docker rm -f older >/dev/null 2>&1 || true
docker create --name older cutover-proxy:${proxyVersion} >/dev/null
docker cp older:/app/proxy.js /tmp/older.js
sed -i 's/"${proxyVersion}"/"0.0.9"/' /tmp/older.js
grep -q '"0.0.9"' /tmp/older.js
docker cp /tmp/older.js older:/app/proxy.js
docker commit older cutover-proxy:0.0.9 >/dev/null
docker rm older >/dev/null
docker rm -f cutover-proxy >/dev/null
docker run -d --name cutover-proxy --label cutover.kind=proxy --network cutover --restart unless-stopped \
  --read-only --cap-drop ALL --security-opt no-new-privileges \
  --tmpfs /run/cutover-proxy:uid=65532,gid=65532,mode=0700 \
  -v cutover-proxy:/var/lib/cutover-proxy -v cutover-proxy-programs:/opt/cutover-proxy:ro \
  -p 80:8080 -p 443:8443 cutover-proxy:0.0.9 run
`;

/** A look takes about a second. */
const patiently = { timeout: 20_000 };

const container = async () =>
  (await vm1.run("docker inspect -f '{{.Id}} {{.Config.Image}}' cutover-proxy")).stdout.trim();
const details = async () => (await sandbox.deployer.run("deploy proxy details -h vm1")).stdout;

/** Runs `deploy` in some form under traffic that must not notice it. */
async function unnoticed(command: string, versions: string[]): Promise<void> {
  const traffic = sandbox.traffic.start({ perSecond: 80, versions });
  await traffic.answers(50);
  const ran = await sandbox.deployer.run(command);
  expect(ran, ran.output).toMatchObject({ exitCode: 0 });
  await traffic.answers(50);
  expect((await traffic.stop()).failures, ran.output).toEqual([]);
}

/** Steps of one story: each builds on the one before. */
describe("a host whose proxy is older than ours", () => {
  let before = "";

  beforeAll(async () => {
    await givenVersion1Serves(sandbox);
    const made = await vm1.run(olderProxy);
    expect(made, made.output).toMatchObject({ exitCode: 0 });
  });

  afterAll(async () => {
    await sandbox.deployer.restoreApps();
    await vm1.run("docker rmi cutover-proxy:0.0.9");
  });

  test("is told of with its version", async () => {
    await expect.poll(details, patiently).toContain("proxy 0.0.9 running");
    before = await container();
  });

  test("deploy brings ours into the running container, and no request is lost", async () => {
    await givenVersion2Committed(sandbox);
    await unnoticed("deploy", ["1", "2"]);
    expect(await details()).toContain(`proxy ${proxyVersion} running`);
    expect(await container()).toBe(before);
  });

  test("what was brought is root's, is out of the proxy's reach, and boots after a restart", async () => {
    const volume = "$(docker volume inspect -f '{{.Mountpoint}}' cutover-proxy-programs)";
    const { stdout } = await vm1.run(`find ${volume} -printf '%U %m %f\\n'`);
    expect(stdout).toMatch(/^0 755 node$/m);
    expect(stdout).toMatch(/^0 644 cutover-proxy\.js$/m);
    expect(stdout).toMatch(/^0 644 proxy\.js$/m);
    expect(
      stdout.split("\n").filter((line) => line !== "" && !/^0 [0-7]?[0-7]55 |^0 644 /.test(line)),
    ).toEqual([]);
    await vm1.run("docker restart cutover-proxy");
    await expect.poll(details, patiently).toContain(`proxy ${proxyVersion} running`);
  });

  test("deploy proxy reboot replaces it again, and no request is lost", async () => {
    await unnoticed("deploy proxy reboot", ["2"]);
  });

  test("with --recreate the container is ours as well, with what it served", async () => {
    const reboot = await sandbox.deployer.run("deploy proxy reboot --recreate -h vm1");
    expect(reboot, reboot.output).toMatchObject({ exitCode: 0 });
    expect(await container()).toContain(`cutover-proxy:${proxyVersion}`);
    expect(await details()).toMatch(/^ {2}hello-web {2}/m);
    const answers = [await sandbox.loadBalancer.get("/"), await sandbox.loadBalancer.get("/")];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});
