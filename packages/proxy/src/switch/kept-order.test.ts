import { afterEach, expect, test } from "vitest";
import { type Disk, realDisk } from "../state/disk.ts";
import { StateStore } from "../state/store.ts";
import { TestProxy } from "../testing/harness.ts";
import { healthy, isHealthCheck, Origin } from "../testing/origin.ts";

/** The real disk, which can be made to wait before the next file is opened. */
class SlowDisk implements Disk {
  readonly mkdir = realDisk.mkdir;
  readonly rename = realDisk.rename;
  #gate: PromiseWithResolvers<void> | null = null;
  /** Settles when something waits. */
  waits = Promise.withResolvers<void>();

  async open(path: string, flags: string, mode?: number) {
    if (this.#gate !== null) this.waits.resolve();
    await this.#gate?.promise;
    return realDisk.open(path, flags, mode);
  }

  hold(): void {
    this.#gate = Promise.withResolvers();
  }

  release(): void {
    this.#gate?.resolve();
    this.#gate = null;
  }
}

/** A target that answers only when told to. */
class Waiting {
  readonly origin: Origin;
  readonly arrived = Promise.withResolvers<void>();
  #answer: () => void = () => {};

  constructor() {
    this.origin = new Origin((socket, received) => {
      if (isHealthCheck(received)) return void socket.end(healthy);
      this.#answer = () => socket.end(healthy);
      this.arrived.resolve();
    });
  }

  answer(): void {
    this.#answer();
  }
}

const disk = new SlowDisk();
const targets = { r1: new Waiting(), r2: new Waiting(), r3: new Waiting() };
let proxy: TestProxy;

afterEach(async () => {
  await proxy.close();
  for (const { origin } of Object.values(targets)) origin.close();
});

test("a drain that ends while a switch is being written does not write it away", async () => {
  proxy = await TestProxy.start({}, disk);
  for (const name of ["r1", "r2"] as const) {
    await targets[name].origin.listen();
    await proxy.deploy(name, [targets[name].origin.target]);
    proxy.connect().send("GET / HTTP/1.1\r\nHost: app.example.com\r\n\r\n");
    await targets[name].arrived.promise;
  }
  await targets.r3.origin.listen();
  disk.hold();
  const committed = proxy.deploy("r3", [targets.r3.origin.target]);
  await disk.waits.promise;
  targets.r1.answer();
  await proxy.tell("receipt", { service: "app", switch: "s2", wait: "drained" });
  disk.release();
  await committed;
  // What is on disk once all that waits for its turn has been written.
  await proxy.running.handOver();
  const { state } = await new StateStore(proxy.settings.stateDirectory).load();
  expect(state.services[0]?.serving.active?.candidate).toBe("r3");
});
