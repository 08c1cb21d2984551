import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";
import { main } from "./main.ts";

let proxy: TestProxy;
let origin: Origin;

beforeEach(async () => {
  proxy = await TestProxy.start();
  origin = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

/** What a command line prints, and how it ends. */
async function typed(...words: string[]): Promise<{ code: number; said: string; complained: string }> {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const code = await main(words, { input: new PassThrough(), output, errors });
  const textOf = (stream: PassThrough) => String((stream.read() as Buffer | null) ?? "");
  return { code, said: textOf(output), complained: textOf(errors) };
}

const asked = (verb: string, ...words: string[]) =>
  typed(verb, "--socket", proxy.settings.socketPath, ...words);
const prepared = (...words: string[]) =>
  asked("prepare", "--service", "app", "--candidate", "r1", "--target", origin.target, ...words);

test("a service is brought to serve, and looked at, by hand", async () => {
  expect(await prepared("--host", "app.example.com")).toMatchObject({ code: 0 });
  const committed = await asked(
    "commit",
    "--service",
    "app",
    "--candidate",
    "r1",
    "--websocket-drain-timeout",
    "1h",
  );
  expect(committed).toMatchObject({ code: 0 });
  const list = await asked("list");
  expect(list.said).toMatch(/^SERVICE .*\napp +app\.example\.com\/ +r1=127\.0\.0\.1:\d+\[active,0\] /);
});

test("every option of a service can be given as JSON", async () => {
  await prepared("--options", '{"pathPrefixes":["/api"],"maxRequestBytes":10}');
  const { services } = await proxy.tell("list", {});
  expect(services[0]?.options).toMatchObject({ pathPrefixes: ["/api"], maxRequestBytes: 10 });
});

test("a share is sent to a candidate, and whoever is allowed", async () => {
  await prepared();
  const split = await asked(
    "split",
    ...["--service", "app", "--candidate", "r1", "--percent", "2.5", "--allow-header", "x-team=red,blue"],
  );
  expect(split).toMatchObject({ code: 0 });
});

test.each([
  [["fly"], "fly is no command"],
  [["commit", "--service", "app"], "--candidate is missing"],
  [
    ["commit", "--service", "app", "--candidate", "r1", "--drain-timeout", "30"],
    "must be a duration such as",
  ],
  [["prepare", "--target", "a:1", "--options", "[1]"], "--options must be an object as JSON"],
  [["split", "--service", "a", "--candidate", "b", "--percent", "101"], "a number from 0 to 100"],
  [
    ["split", "--service", "a", "--candidate", "b", "--percent", "1", "--allow-cookie", "x"],
    "must be NAME=VALUE",
  ],
  [["list", "--all"], "Unknown option '--all'"],
])("%j is not understood, and why is said", async (words, why) => {
  const { code, complained } = await typed(...words);
  expect(code).toBe(2);
  expect(complained).toContain(why);
});

test("what the proxy refuses is told with its code, and so is a candidate that is not well", async () => {
  const unknown = await asked("commit", "--service", "app", "--candidate", "r1");
  expect(unknown).toMatchObject({
    code: 1,
    complained: expect.stringMatching(/^cutover-proxy: unknown-service: /),
  });
  origin.close();
  expect(await prepared("--deadline", "100ms")).toMatchObject({
    code: 1,
    said: expect.stringContaining('"unhealthy"'),
  });
});

test("where no proxy runs that is said", async () => {
  expect(await typed("list", "--socket", "/nowhere/control")).toEqual({
    code: 1,
    said: "",
    complained: "cutover-proxy: no proxy is running here (no control socket)\n",
  });
});
