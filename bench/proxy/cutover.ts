import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { programFiles } from "../../packages/proxy/build/bundle.ts";
import { ask } from "../../packages/proxy/src/control/client.ts";
import type { ServiceOptions } from "../../packages/proxy/src/control/protocol.ts";
import type { CertificatePair } from "../../packages/proxy/src/tls/pair.ts";
import { manyPrefixes, manyServices } from "./many-services.ts";
import { echoPort, ports } from "./ports.ts";

/** The origin, as the proxy is told of it. */
export const originTarget = `127.0.0.1:${ports.origin.http}`;

/** The proxy under test, as its image has it. */
export class CutoverUnderTest {
  readonly #folder: string;
  readonly #program: string;

  private constructor(folder: string, program: string) {
    this.#folder = folder;
    this.#program = program;
  }

  static async in(folder: string): Promise<CutoverUnderTest> {
    for (const { name, bytes } of await programFiles()) writeFileSync(join(folder, name), bytes);
    return new CutoverUnderTest(folder, join(folder, "cutover-proxy.js"));
  }

  /**
   * Starts it.
   *
   * @param state the folder that it keeps its state in, under its own
   */
  start(listen: { http: number; https: number } = ports.cutover, state = "state"): ChildProcess {
    const args = ["--http-port", `${listen.http}`, "--https-port", `${listen.https}`];
    const places = ["--state", join(this.#folder, state), "--socket", this.socketOf(state)];
    return spawn(process.execPath, [this.#program, "run", ...args, ...places], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  socketOf(state: string): string {
    return join(this.#folder, `${state}.sock`);
  }

  /** Has it serve everything that the cases ask for. */
  async configure({ certificate, privateKey }: CertificatePair): Promise<void> {
    const tls = { source: "own", certificate, privateKey, redirect: false } as const;
    await this.deploy("bench", "r1", originTarget, { hosts: [], tls });
    await this.deploy("echo", "r1", `127.0.0.1:${echoPort}`, {
      hosts: [],
      pathPrefixes: ["/echo"],
      stripPathPrefix: false,
    });
    for (const { name, hosts } of manyServices) {
      await this.deploy(name, "r1", originTarget, {
        hosts: [...hosts],
        pathPrefixes: [...manyPrefixes],
        stripPathPrefix: false,
      });
    }
  }

  /** Switches a service to a release of that name. */
  async deploy(
    service: string,
    candidate: string,
    target: string,
    options: ServiceOptions,
    state = "state",
  ): Promise<void> {
    const socket = this.socketOf(state);
    const prepared = { service, candidate, targets: [target], options, health: {} };
    const id = `${service}-${candidate}`;
    await ask(socket, `${id}-p`, "prepare", { ...prepared, deadlineMs: 10_000, expiresMs: 60_000 });
    await ask(socket, `${id}-c`, "commit", { service, candidate, drainTimeoutMs: 10_000 });
  }
}
