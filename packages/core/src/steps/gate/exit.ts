import type { Diagnosis, Exit, GateFacts } from "./diagnosis.ts";
import { clueIn } from "./log-clues.ts";

/** What is known of a container that ended. */
type ExitFacts = Pick<GateFacts, "container" | "host" | "log">;

/** Docker's exit codes above 128 are signals; these are the ones that come up. */
const SIGNALS: Record<number, string> = {
  132: "SIGILL",
  134: "SIGABRT",
  135: "SIGBUS",
  137: "SIGKILL",
  139: "SIGSEGV",
  143: "SIGTERM",
};

/** Says why a container ended: by what is certain first, then by its log, then by its exit code. */
export function exited(facts: ExitFacts, exit: Exit): Diagnosis {
  const who = `${facts.container} on ${facts.host}`;
  if (exit.outOfMemory)
    return {
      cause: `${who} ran out of memory and was killed`,
      hint: "raise options.memory, or let the app use less",
    };
  return clueOfExit(facts, exit, who) ?? byCode(exit, who);
}

function clueOfExit({ log }: ExitFacts, exit: Exit, who: string): Diagnosis | null {
  const clue = clueIn(log, who);
  return clue === null ? null : { ...clue, cause: `${clue.cause}, and exited ${how(exit)}` };
}

function byCode(exit: Exit, who: string): Diagnosis {
  if (exit.code === 127)
    return {
      cause: `${who} exited at once: its command was not found`,
      hint: "check CMD of the Dockerfile and cmd of the role",
    };
  if (exit.code === 126)
    return {
      cause: `${who} exited at once: its command is not executable`,
      hint: "check the file's mode in the image",
    };
  if (exit.code === 132)
    return {
      cause: `${who} exited ${how(exit)}: an instruction that the host's processor does not have`,
      hint: "build for an older processor of the same family",
    };
  const error = exit.error === "" ? "" : `: ${exit.error}`;
  const early = exit.code === 0 ? ", as if its work were done," : "";
  return {
    cause: `${who} exited ${how(exit)}${early} before it was healthy${error}`,
    hint:
      exit.code === 0
        ? "a server has to stay in the foreground: check CMD of the Dockerfile and cmd of the role"
        : "its last log lines are below; run the image here to see the same",
  };
}

function how({ code }: Exit): string {
  const signal = SIGNALS[code];
  return signal === undefined ? `with code ${code}` : `by ${signal} (code ${code})`;
}
