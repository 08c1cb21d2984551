import { Agent } from "node:http";
import { Duplex, PassThrough } from "node:stream";
import type Dockerode from "dockerode";

/**
 * Carries the Engine API of the engine inside a container over `docker exec` of the engine outside.
 * Nothing is published, and it works wherever the outer engine can be reached.
 */
export class InnerEngineAgent extends Agent {
  private readonly outer: Dockerode;
  private readonly container: string;

  constructor(outer: Dockerode, container: string) {
    // A connection costs an exec, so the few that are made are kept.
    super({ keepAlive: true, maxSockets: 4 });
    this.outer = outer;
    this.container = container;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, connection: Duplex) => void,
  ): undefined {
    this.dial().then(
      (connection) => callback?.(null, connection),
      (error: Error) => callback?.(error, new Duplex()),
    );
    return undefined;
  }

  private async dial(): Promise<Duplex> {
    const exec = await this.outer.getContainer(this.container).exec({
      Cmd: ["docker", "system", "dial-stdio"],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true, stdin: true });
    return new ExecConnection(this.outer, stream as Duplex);
  }
}

/** An exec's standard streams as one connection, with what `node:http` expects of a socket. */
class ExecConnection extends Duplex {
  private readonly stream: Duplex;
  private readonly answers = new PassThrough();

  constructor(outer: Dockerode, stream: Duplex) {
    super();
    this.stream = stream;
    outer.modem.demuxStream(stream, this.answers, new PassThrough().resume());
    this.answers.on("data", (bytes: Buffer) => {
      if (!this.push(bytes)) this.answers.pause();
    });
    stream.on("end", () => this.push(null));
    stream.on("error", (error) => this.destroy(error));
    stream.on("close", () => this.destroy());
  }

  override _read(): void {
    this.answers.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.stream.write(bytes, done);
  }

  override _final(done: () => void): void {
    this.stream.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.stream.destroy();
    done(error);
  }

  /** There is no TCP here whose options could be set; `node:http` calls these on every socket. */
  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  /** An idle connection keeps no process alive: its outer socket decides. */
  ref(): this {
    socketOf(this.stream)?.ref?.();
    return this;
  }

  unref(): this {
    socketOf(this.stream)?.unref?.();
    return this;
  }
}

function socketOf(stream: Duplex): { ref?(): void; unref?(): void } | undefined {
  const holder = stream as unknown as { socket?: { ref?(): void; unref?(): void } };
  return holder.socket ?? (stream as unknown as { ref?(): void; unref?(): void });
}
