import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { healthy, isHealthCheck, Origin } from "../testing/origin.ts";

/** Far more than all the buffers of sockets between the two ends hold. */
const size = 256 * 1_048_576;

let proxy: TestProxy;
let origin: Origin;

beforeEach(async () => {
  proxy = await TestProxy.start();
});

afterEach(async () => {
  await proxy.close();
  origin.close();
});

test("a client that reads nothing stops the target from sending, and nothing is kept for it", async () => {
  let sent = 0;
  const part = Buffer.alloc(1_048_576);
  origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
      const more = () => {
        while (sent < size) {
          sent += part.length;
          if (!socket.write(part)) return;
        }
      };
      socket.on("drain", more);
      more();
    }
  }).listen();
  await proxy.deploy("r1", [origin.target]);
  const client = connect(proxy.running.httpPort, "127.0.0.1", () =>
    client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
  );
  client.pause();
  await expect.poll(() => sent, { interval: 50 }).toBeGreaterThan(0);
  let before = -1;
  await expect
    .poll(
      () => {
        const stands = before === sent;
        before = sent;
        return stands;
      },
      { interval: 100 },
    )
    .toBe(true);
  expect(sent).toBeLessThan(size / 4);
  client.destroy();
});

test("a target that reads nothing stops the client from sending", async () => {
  origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) socket.end(healthy);
    else socket.pause();
  }).listen();
  await proxy.deploy("r1", [origin.target]);
  let sent = 0;
  const part = Buffer.alloc(1_048_576);
  const client = connect(proxy.running.httpPort, "127.0.0.1", () => {
    client.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
    const more = () => {
      while (sent < size) {
        sent += part.length;
        if (!client.write(part)) return;
      }
    };
    client.on("drain", more);
    more();
  });
  let before = -1;
  await expect
    .poll(
      () => {
        const stands = sent > 0 && before === sent;
        before = sent;
        return stands;
      },
      { interval: 100 },
    )
    .toBe(true);
  expect(sent).toBeLessThan(size / 4);
  // An orderly end would queue up behind what is not read, and closing the proxy would wait for it.
  client.resetAndDestroy();
});
