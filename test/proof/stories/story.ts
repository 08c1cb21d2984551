import type { HelloSettings } from "../../../packages/harness/src/apps/hello.ts";
import type { Fault } from "../../../packages/harness/src/faults/fault.ts";
import type { Sandbox, Vm } from "../../../packages/harness/src/sandbox/sandbox.ts";
import type { Told } from "../judge/told.ts";

/** A host of the sandbox. */
export type HostName = "vm1" | "vm2";

/**
 * The moment at which it strikes: before the command is typed, or at an event of its `--json`. There
 * the client stands still until the fault is made, so that it is this very moment and not a later one.
 */
export type Moment =
  | { at: "before" }
  | { at: "phase.started" | "phase.ended"; phase: string }
  | { at: "step.started" | "step.ended"; step: string; host: HostName };

/** What a story has to hand. */
export interface Stage {
  sandbox: Sandbox;
  vm(number: 1 | 2): Vm;
  /** The version of the app that served on both hosts in the beginning. */
  old: string;
  /** The version that is deployed in the story. */
  new: string;
  /** The commit of `new` in full, which is its version for `deploy`. */
  commit: string;
  /** Runs something on the deployer, in the app's folder; it has to succeed. */
  must(command: string, options?: { env?: Record<string, string> }): Promise<string>;
  /** Runs something on a VM; it has to succeed. */
  mustOn(vm: Vm, command: string): Promise<string>;
}

/** When a fault is put right again. `afterMs` counts from when the client goes on. */
export type Healing = { afterMs: number } | "when the command has ended";

export type Strike =
  /** The client itself gets a signal at its moment. */
  | { kind: "signal"; signal: "SIGKILL" | "SIGINT" | "SIGTERM" }
  | { kind: "fault"; make(stage: Stage): Promise<Fault | undefined>; heal: Healing };

/** Not a fault of its own: the story is in what is given. */
export const nothing: Strike = {
  kind: "fault",
  make: async () => undefined,
  heal: "when the command has ended",
};

/** The phases of a deploy of the sandbox's app, in their order. */
export const phases = ["connect", "build", "prepare", "boot", "keep", "switch", "retire", "prune"] as const;
export type Phase = (typeof phases)[number];

/** What has to be so for the story to hold. */
export interface Expected {
  /** Any of these. 137 is SIGKILL's. */
  exits: readonly number[];
  /** Each has to be found in what the command wrote. */
  says?: readonly RegExp[];
  /**
   * What each host serves when all is healed and before anything else is done. `as told`: what the
   * error's state says, and the new version after exit 0. `old or new`: either, host by host.
   */
  serves: "old" | "new" | "as told" | "old or new";
  /** The host that requests may fail on, since it is what is broken. Nobody, unless it is named. */
  failuresFrom?: HostName;
  /** Nobody could free the lock, so the next deploy has to wait for its lease to run out. */
  lockStays?: true;
}

/** One piece of bad luck, as data. */
export interface Story {
  /** Unlike any other's; a sentence without a full stop. */
  name: string;
  /** What kind of bad luck: stories of one group differ in their moment or their host. */
  group: string;
  /** Few seconds, no waiting: one of those that `npm test` may choose. */
  quick?: true;
  /** Brings things about that are not the fault itself, before the version is committed. */
  given?(stage: Stage): Promise<void>;
  /** What the new version is besides its number. */
  app?: Partial<HelloSettings>;
  /** What is typed; `deploy` by default. `--json` is added. */
  command?: string;
  /** Added to the command's environment. */
  env?(stage: Stage): Promise<Record<string, string>>;
  moment: Moment;
  strike: Strike;
  expected: Expected;
  /** What else has to be so, once all is over; a line for each thing that is not. */
  also?(stage: Stage, told: Told): Promise<string[]>;
  /** Puts right what `given` and the strike brought about beside their faults. */
  tidy?(stage: Stage): Promise<void>;
}
