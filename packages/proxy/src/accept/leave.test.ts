import { expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { healthy, isHealthCheck, Origin } from "../testing/origin.ts";

const get = "GET / HTTP/1.1\r\nHost: app.example.com\r\n\r\n";

test("who was promised a kept connection just before the proxy leaves has the next request answered on it", async () => {
  let finish: () => void = () => {};
  let requests = 0;
  const origin = await new Origin((socket, received) => {
    if (isHealthCheck(received)) return void socket.end(healthy);
    requests += 1;
    if (requests > 1) return void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
    finish = () => socket.write(" half");
  }).listen();
  const proxy = await TestProxy.start();
  await proxy.deploy("r1", [origin.target]);
  const client = proxy.connect();
  client.send(get);
  await client.until("first");
  const left = proxy.running.leave(5_000);
  finish();
  await client.until("half");
  client.send(get);
  await client.until("second");
  expect(client.received).toMatch(/Connection: close\r\n[\s\S]*second$/);
  await left;
  origin.close();
});
