import type Dockerode from "dockerode";
import type { Client } from "ssh2";
import { type Attendant, startAttendant } from "./attendant.ts";
import { socketChannel } from "./docker/channels.ts";
import type { Engine, EngineVersion } from "./docker/engine.ts";
import { HostFiles } from "./files.ts";
import { ProxyControl } from "./proxy-control.ts";
import { type OpenSocket, openConversation } from "./proxy-conversation.ts";
import { runScript, type ScriptResult } from "./script.ts";
import { connectSsh, type SshSettings } from "./ssh/connect.ts";
import { STATE_FOLDER } from "./state-folder.ts";
import { makeStateRoot } from "./state-root.ts";
import { unlessAborted } from "./unless-aborted.ts";
import type { Way } from "./way.ts";
import { hostAtTheEnd } from "./way.ts";

/** In milliseconds; an engine that is well answers in a few. */
const PING_MS = 2_000;

/** Of what an engine says of itself, which dockerode does not type. */
export interface EngineInfo {
  DockerRootDir?: string;
  DriverStatus?: [string, string][] | null;
}

/** A host we are connected to. All of it runs over one SSH connection. */
export class Host {
  readonly name: string;
  readonly engineVersion: EngineVersion;
  readonly docker: Dockerode;
  /** Aborted when the connection ends by itself. */
  readonly lost: AbortSignal;
  readonly #client: Client;
  readonly #engine: Engine;
  readonly #openAsRoot: OpenSocket | null;
  readonly #toolVersion: string;
  readonly #end = new AbortController();
  #engineInfo: Promise<EngineInfo> | null = null;
  #files: Promise<HostFiles> | null = null;
  #proxy: Promise<ProxyControl> | null = null;
  #closing = false;

  private constructor(name: string, user: string, client: Client, engine: Engine, toolVersion: string) {
    this.name = name;
    this.docker = engine.docker;
    this.engineVersion = engine.version;
    this.lost = this.#end.signal;
    this.#client = client;
    this.#engine = engine;
    this.#openAsRoot = user === "root" ? (path) => socketChannel(client, path) : null;
    this.#toolVersion = toolVersion;
    client.once("close", () => {
      if (!this.#closing) this.#end.abort(new Error(`the connection to ${name} was lost`));
    });
  }

  /**
   * Connects, and finds out how Docker is reached.
   *
   * @param name what the host is called in everything we say
   * @throws DeployError HOST_* or DOCKER_UNAVAILABLE
   */
  static async connect(name: string, way: Way, settings: SshSettings, toolVersion: string): Promise<Host> {
    const connecting = connectSsh(way, settings);
    // Docker's client takes a while to load, and the host to answer.
    const [{ openEngine }, client] = await Promise.all([import("./docker/engine.ts"), connecting]);
    try {
      const { user } = hostAtTheEnd(way).address;
      const engine = await openEngine(name, user, client);
      return new Host(name, user, client, engine, toolVersion);
    } catch (error) {
      client.end();
      throw error;
    }
  }

  /** What the engine says of itself. Asked once a connection, since it starts programs to know it all. */
  engineInfo(): Promise<EngineInfo> {
    if (this.#engineInfo !== null) return this.#engineInfo;
    const asking: Promise<EngineInfo> = this.docker.info();
    asking.catch(() => {
      this.#engineInfo = null;
    });
    this.#engineInfo = asking;
    return asking;
  }

  /** The host's files; SFTP is opened at the first use. */
  files(): Promise<HostFiles> {
    this.#files ??= HostFiles.open(this.#client, this.lost, {
      path: STATE_FOLDER,
      make: (files) => makeStateRoot(files, this.docker),
    });
    return this.#files;
  }

  /** The conversation with the host's proxy, which has to be running; opened at the first use and when it has ended. */
  proxy(): Promise<ProxyControl> {
    if (this.#proxy !== null) return this.#proxy;
    const forget = () => {
      if (this.#proxy === opening) this.#proxy = null;
    };
    const greet = async () => {
      const conversation = await openConversation(this.docker, this.#openAsRoot);
      return ProxyControl.over(conversation, `cutover ${this.#toolVersion}`, forget);
    };
    const opening = greet();
    opening.catch(forget);
    this.#proxy = opening;
    return opening;
  }

  /**
   * Opens what a change of the host is going to need ahead of its first use: the conversation with
   * the proxy, where one runs, can take a tenth of a second, and SFTP is waited for host by host by the lock.
   */
  warmUp(): void {
    // What fails here is told to whoever needs it then; without a proxy there is none to speak to.
    this.proxy().catch(() => undefined);
    this.files().catch(() => undefined);
  }

  /** The proxy was replaced: the next `proxy()` opens a new conversation. */
  forgetProxy(): void {
    this.#proxy = null;
  }

  /**
   * Runs one of our own shell scripts, given on standard input. Data goes in as arguments; they may
   * only hold letters, digits and `._/-`, so that no shell can read more into them.
   *
   * @returns what it wrote and how it ended
   */
  async script(text: string, args: readonly string[]): Promise<ScriptResult> {
    return runScript(this.#client, text, args);
  }

  /**
   * Starts one of our own shell scripts that runs beside everything else and is told things line by line.
   *
   * @param text without a single quote
   * @param args as for `script`
   */
  attendant(text: string, args: readonly string[]): Promise<Attendant> {
    return startAttendant(this.#client, text, args);
  }

  /** Whether the engine is there. One that is being started again may take its time to say so. */
  async dockerAnswers(): Promise<boolean> {
    try {
      await unlessAborted(AbortSignal.timeout(PING_MS), () => this.docker.ping());
      return true;
    } catch {
      // Why it does not is told by whoever asked it for something.
      return false;
    }
  }

  /** Ends a connection that is of no use any more, as if it had dropped. */
  breakOff(why: string): void {
    if (!this.#closing) this.#end.abort(new Error(why));
    this.close();
  }

  close(): void {
    this.#closing = true;
    this.#engine.close();
    this.#client.end();
  }
}
