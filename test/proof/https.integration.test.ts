import { afterAll, beforeAll, expect, test } from "vitest";
import { commitHello } from "../../packages/harness/src/apps/hello.ts";
import { dockerAt } from "../../packages/harness/src/engine/ask.ts";
import { placeOfSandbox } from "../../packages/harness/src/vitest/worker-sandbox.ts";
import { type Pebble, startPebble } from "../peers/pebble.ts";
import { sandbox } from "../sandbox.ts";

const HOST = "hello.test";
const [vm] = sandbox.vms;
let pebble: Pebble;

beforeAll(async () => {
  await sandbox.deployer.restoreApps();
  await sandbox.clear();
  const { dockerHost } = placeOfSandbox();
  pebble = await startPebble(dockerAt(dockerHost), {
    name: `${sandbox.project}-pebble-of-deploys`,
    hosts: { [HOST]: (await vm.run("hostname -i")).stdout.trim() },
    ports: { http: 80, https: 443 },
    network: { name: `${sandbox.project}_default`, alias: "pebble" },
  });
});

afterAll(async () => {
  await pebble?.remove();
  await sandbox.clear();
});

/** The fixture app on one host, with a certificate from the directory of somebody's own. */
async function givenHttps(): Promise<void> {
  const { deployer } = sandbox;
  await deployer.write("config/authorities.pem", pebble.authorities);
  const proxy = [
    `  host: ${HOST}`,
    "  ssl: true",
    "  run:",
    // No name server that containers ask knows it.
    `    options: {add-host: "pebble:${pebble.address}"}`,
    `    acme: {directory: "${pebble.directoryUrl}", ca: config/authorities.pem}`,
  ];
  await deployer.run(`sed -i -e '/^  - vm2$/d' -e 's|^proxy:$|&\\n${proxy.join("\\n")}|' config/deploy.yml`);
}

/** What curl on the host says of a request to its own https port, trusting Pebble alone. */
function overHttps(writeOut: string) {
  const to = `--cacert /root/pebble.pem --resolve ${HOST}:443:127.0.0.1 https://${HOST}/`;
  return vm.run(
    `curl --silent --show-error --max-time 20 --output /dev/null --write-out '${writeOut}' ${to}`,
  );
}

/** Tells one certificate from another. */
async function serial(): Promise<string | undefined> {
  const { output } = await overHttps("%{certs}");
  return /Serial Number:\s*(\S+)/i.exec(output)?.[1];
}

test("a first deploy with ssl gets its certificate from the directory of the file, and the next keeps it", async () => {
  await givenHttps();
  const setup = await sandbox.deployer.run("deploy setup");
  expect(setup.exitCode, setup.output).toBe(0);
  await vm.write("/root/pebble.pem", await pebble.root());

  const { stdout, output } = await overHttps("%{http_code} %header{x-app-version} %{http_version}");
  expect(stdout, output).toBe("200 1 2");
  const redirect = await vm.run(
    `curl --silent --output /dev/null --write-out '%{http_code} %{redirect_url}' --header 'Host: ${HOST}' 'http://127.0.0.1/a?b'`,
  );
  expect(redirect.stdout).toBe(`308 https://${HOST}/a?b`);
  const first = await serial();
  expect(first).toBeDefined();

  await commitHello(sandbox.deployer, { version: "2" });
  const ask = `curl --silent --max-time 5 --cacert /root/pebble.pem --resolve ${HOST}:443:127.0.0.1`;
  const clients = vm.run(
    `until [ -e /tmp/enough ]; do ${ask} --output /dev/null --write-out '%{http_code} %header{x-app-version}\\n' https://${HOST}/ || echo "curl ended with $?"; done | sort | uniq -c; rm /tmp/enough`,
  );
  const deploy = await sandbox.deployer.run("deploy");
  await vm.run("touch /tmp/enough");
  expect(deploy.exitCode, deploy.output).toBe(0);
  const answers = (await clients).stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().replace(/^\d+ /, ""));
  expect(answers).toEqual(["200 1", "200 2"]);
  expect(await serial()).toBe(first);
});
