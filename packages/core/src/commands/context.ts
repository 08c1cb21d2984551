import type { EventSink } from "../events/event.ts";

/** Time, as an argument, so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since the epoch, for what people read. */
  now(): number;
  /** Milliseconds that only ever grow, for measuring. The zero is arbitrary. */
  monotonic(): number;
}

/** Randomness, as an argument. */
export interface Random {
  /** That many random bytes as lower-case hexadecimal. */
  hex(bytes: number): string;
}

/** The processor families that hosts and images are for, as Docker calls them. */
export type Architecture = "amd64" | "arm64";

/** How patiently a lock is waited for. */
export interface LockWait {
  timeoutMs: number;
  /** Between two tries. */
  intervalMs: number;
}

/** What every command is given besides its own options: the outside world, and what was asked of all commands. */
export interface CommandContext {
  /** The folder the command was started in; an absolute path. */
  cwd: string;
  /** The user's home folder, for keys and known_hosts; an absolute path. */
  home: string;
  /** The environment of the process. Nothing in core reads `process.env`. */
  env: Readonly<Record<string, string | undefined>>;
  /** `-c`; relative to `cwd`. Null: `config/deploy.yml`. */
  configFile: string | null;
  /** `-d`; null: none. */
  destination: string | null;
  /** `--version`; null: from the environment or git. */
  version: string | null;
  /** `--lock-wait`: how long to wait for another's lock; null: not at all. */
  lockWait: LockWait | null;
  /** Told everything that happens. */
  events: EventSink;
  /**
   * Asks a person for something secret, such as a key's passphrase, without showing what is typed.
   *
   * @returns null where there is nobody to ask, or they decline
   */
  askSecret(question: string): Promise<string | null>;
  /** Aborted on Ctrl-C or SIGTERM; its reason is the signal's name. */
  signal: AbortSignal;
  clock: Clock;
  random: Random;
  /** Our own version: `0.1.0`. The proxy's image has the same. */
  toolVersion: string;
  /**
   * Where the proxy's image for an architecture lies on this machine, fetching it first if need be.
   *
   * @returns the absolute path of a gzipped archive as `docker load` takes it
   */
  proxyImageArchive(architecture: Architecture): Promise<string>;
}

/** Which of the configured hosts a looking command is about. Wildcards `*`, `?`, `[ab]`, `{a,b}` are allowed. */
export interface HostFilter {
  /** `-h`; null: every host. */
  hosts: string[] | null;
  /** `-r`; null: every role. */
  roles: string[] | null;
  /** `-p`: the primary host only. */
  primary: boolean;
}
