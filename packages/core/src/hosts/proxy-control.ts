import type { Duplex } from "node:stream";
import { PassThrough } from "node:stream";
import { dialCommand, protocolVersions, type Response, type Verb, type Verbs } from "@cutover/proxy/protocol";
import type Dockerode from "dockerode";
import { DeployError } from "../errors/index.ts";
import { dockerStatus } from "./docker/docker-status.ts";
import { ProxyRefusal } from "./proxy-refusal.ts";

/** The proxy's container on every host. */
export const PROXY_CONTAINER = "cutover-proxy";
/** The volume with programs that a running proxy can be replaced by. */
export const PROXY_PROGRAMS = "cutover-proxy-programs";

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * A conversation with one host's proxy, through an exec in its container that stays open. Answers
 * come in any order.
 */
export class ProxyControl {
  readonly #stream: Duplex;
  readonly #waiting = new Map<string, Waiting>();
  readonly #onEnd: () => void;
  /** The release of the program that answers: `0.1.0`. */
  release = "";
  #ended: Error | null = null;
  #rest = "";
  #said = "";

  private constructor(stream: Duplex, output: PassThrough, errors: PassThrough, onEnd: () => void) {
    this.#stream = stream;
    this.#onEnd = onEnd;
    output.setEncoding("utf8");
    output.on("data", (text: string) => this.#take(text));
    errors.setEncoding("utf8");
    errors.on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-500);
    });
    stream.on("error", (error) => this.#end(error));
    stream.on("close", () => this.#end(new Error("the proxy ended the conversation")));
    stream.on("end", () => this.#end(new Error("the proxy ended the conversation")));
  }

  /**
   * Opens the conversation.
   *
   * @param client who we are, for the proxy's log: `cutover 0.1.0`
   * @param onEnd told when it is over, such as when the proxy has ended
   * @throws ProxyRefusal when no protocol version is common to both; DeployError PROXY_SILENT where no
   *   proxy runs
   */
  static async open(docker: Dockerode, client: string, onEnd: () => void): Promise<ProxyControl> {
    const exec = await dialer(docker);
    const stream = await exec.start({ hijack: true, stdin: true });
    const output = new PassThrough();
    const errors = new PassThrough();
    docker.modem.demuxStream(stream, output, errors);
    const control = new ProxyControl(stream, output, errors, onEnd);
    const hello = await control.ask("hello", "hello", { versions: [...protocolVersions], client });
    control.release = hello.proxy;
    return control;
  }

  /**
   * Asks for one thing.
   *
   * @param id the same one again carries nothing out twice
   * @param fence the lock's number; leave out where nothing is changed
   * @throws ProxyRefusal when the proxy refuses; an Error when the conversation broke off
   */
  ask<V extends Verb>(
    id: string,
    verb: V,
    params: Verbs[V]["params"],
    fence?: number,
  ): Promise<Verbs[V]["result"]> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as Verbs[V]["result"]), reject });
      const fenced = fence === undefined ? {} : { fence };
      this.#stream.write(`${JSON.stringify({ id, verb, params, ...fenced })}\n`);
    });
  }

  close(): void {
    this.#stream.end();
    this.#stream.destroy();
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#answer(JSON.parse(line) as Response);
  }

  #answer(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (response.ok) waiting?.resolve(response.result);
    else waiting?.reject(new ProxyRefusal(response.error));
  }

  #end(error: Error): void {
    if (this.#ended === null) this.#onEnd();
    this.#ended ??= this.#said === "" ? error : new Error(`${error.message}: ${this.#said.trim()}`);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

async function dialer(docker: Dockerode): Promise<Dockerode.Exec> {
  try {
    return await docker.getContainer(PROXY_CONTAINER).exec({
      Cmd: [...dialCommand],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
  } catch (error) {
    const status = dockerStatus(error);
    // Docker's answers for a container that is not there, and for one that does not run.
    if (status !== 404 && status !== 409) throw error;
    throw new DeployError(
      "PROXY_SILENT",
      { cause: "the proxy does not run there", hint: "deploy proxy boot" },
      { cause: error },
    );
  }
}
