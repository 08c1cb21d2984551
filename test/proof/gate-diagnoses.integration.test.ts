import { beforeAll, beforeEach, expect, test } from "vitest";
import { commitAll } from "../../packages/harness/src/apps/hello.ts";
import { deployInVain, givenVersion1 } from "../given.ts";
import { sandbox } from "../sandbox.ts";

beforeAll(() => givenVersion1(sandbox));
beforeEach(async () => {
  await sandbox.deployer.restoreApps();
  await sandbox.deployer.run("sed -i 's/^deploy_timeout: .*/deploy_timeout: 3/' config/deploy.yml");
});

const UP = /text\(response, settings.health === "ok" \? 200 : 500, `\$\{settings.health\}\\n`\)/;

/** The app with one thing changed: what a file holds, and what it is to hold instead. */
interface Change {
  file: "server.mjs" | "Dockerfile" | "config/deploy.yml";
  from: RegExp;
  to: string;
}

const webWith = (option: string) =>
  `servers:\n  web:\n    hosts: [vm1, vm2]\n    options:\n      ${option}\n`;
const SERVERS = /^servers:\n( {2}- .*\n)+/m;

/** Besides the web role a worker on vm1 that Docker asks each second whether it is well. */
const workerWith = (cmd: string, check: string, retries: number) =>
  `servers:\n  web: [vm1, vm2]\n  jobs:\n    hosts: [vm1]\n    cmd: ${cmd}\n    stop_timeout: 1\n    options:\n` +
  `      health-cmd: ${check}\n      health-interval: 1s\n      health-retries: ${retries}\n`;

const answersUp = (code: string): Change => ({ file: "server.mjs", from: UP, to: code });
const commandIs = (...lines: string[]): Change => ({
  file: "Dockerfile",
  from: /^CMD .*/m,
  to: lines.join("\n"),
});

test.each<[string, Change[], number, RegExp[]]>([
  [
    "an app that listens on 127.0.0.1 only",
    [{ file: "server.mjs", from: /server\.listen\(settings\.port, /, to: '$&"127.0.0.1", ' }],
    60,
    [/port 3000 of 127\.0\.0\.1 only/],
  ],
  [
    "a redirect to https",
    [answersUp('response.writeHead(301, { location: "https://shop.example/up" }).end()')],
    60,
    [/a redirect to https:\/\/shop\.example\/up/, /exempt the health check/],
  ],
  [
    "a redirect to another host",
    [answersUp('response.writeHead(302, { location: "http://shop.example/" }).end()')],
    60,
    [/a redirect to another host: http:\/\/shop\.example/],
  ],
  ["401", [answersUp('text(response, 401, "who are you?")')], 60, [/answered 401/, /no login/]],
  [
    "a framework that refuses the Host",
    [answersUp('text(response, 403, "Blocked hosts: " + request.headers.host)')],
    60,
    [/Rails refuses the Host/, /host_authorization/],
  ],
  ["a command that the image lacks", [commandIs('CMD ["serve-shop"]')], 60, [/the image has no serve-shop/]],
  [
    "a program that the host cannot run",
    [commandIs("USER root", "RUN printf 'no program' > /app/run && chmod 755 /app/run", 'CMD ["/app/run"]')],
    60,
    [/exec format error/, /builder\.arch/],
  ],
  [
    "a file system that is read-only",
    [
      { file: "config/deploy.yml", from: SERVERS, to: webWith("read-only: true") },
      {
        file: "server.mjs",
        from: /^const server = /m,
        to: '(await import("node:fs")).writeFileSync("/tmp/shop.pid", "1");\n$&',
      },
    ],
    60,
    [/read-only, at \/tmp\/shop\.pid/, /tmpfs/],
  ],
  [
    "an app that needs more memory than it may have",
    [
      { file: "config/deploy.yml", from: SERVERS, to: webWith("memory: 96m") },
      // Its end ends the gate, however long it takes on a busy machine.
      { file: "config/deploy.yml", from: /^deploy_timeout: .*/m, to: "deploy_timeout: 30" },
      {
        file: "server.mjs",
        from: /^const server = /m,
        to: "const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));\n$&",
      },
    ],
    60,
    [/ran out of memory and was killed/, /options\.memory/],
  ],
  [
    "a worker that its Docker health check finds unwell",
    [
      {
        file: "config/deploy.yml",
        from: SERVERS,
        to: workerWith("sleep 60", "echo the queue is away; exit 1", 1),
      },
    ],
    60,
    [/hello-jobs-\S+ on vm1 is unhealthy, by its Docker health check/, /health check: the queue is away/],
  ],
  [
    "an image for another processor, before anything is started",
    [
      { file: "config/deploy.yml", from: /^builder:/m, to: "$&\n  arch: arm64" },
      { file: "Dockerfile", from: /[\s\S]+/, to: 'FROM scratch\nCOPY settings.json /\nCMD ["/shop"]\n' },
    ],
    31,
    [/is for arm64, and vm[12] is amd64/],
  ],
])("%s is told as what it is", async (_what, changes, exitCode, says) => {
  for (const { file, from, to } of changes) {
    const { stdout } = await sandbox.deployer.run(`cat ${file}`);
    expect(stdout).toMatch(from);
    await sandbox.deployer.write(file, stdout.replace(from, to));
  }
  await commitAll(sandbox.deployer, "Break it");
  const ran = await deployInVain(sandbox);
  expect(ran.exitCode, ran.output).toBe(exitCode);
  for (const what of says) expect(ran.output).toMatch(what);
});

test("a worker is waited for until its Docker health check finds it well", async () => {
  const { stdout } = await sandbox.deployer.run("cat config/deploy.yml");
  const becomesWell = workerWith("sh -c 'sleep 2; touch /tmp/well; sleep 600'", "test -e /tmp/well", 20);
  await sandbox.deployer.write(
    "config/deploy.yml",
    `${stdout.replace(/^deploy_timeout: .*/m, "deploy_timeout: 20").replace(SERVERS, becomesWell)}readiness_delay: 60\n`,
  );
  const { exitCode, output } = await sandbox.deployer.run("deploy");
  expect(exitCode, output).toBe(0);
  expect(output).toMatch(/vm1 .*hello-jobs-\S+ has proven to run.*healthy/);
});
