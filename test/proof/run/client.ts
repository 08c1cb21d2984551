import { readFileSync } from "node:fs";
import type { Deployer } from "../../../packages/harness/src/sandbox/sandbox.ts";
import type { Ended, SeenEvent } from "../judge/told.ts";
import type { Moment } from "../stories/story.ts";

const program = readFileSync(new URL("stand-still-program.ts", import.meta.url), "utf8");
const PLACE = "/tmp/proof/stand-still-program.ts";

/** A `deploy` under way that stands still, or dies, at its moment. */
export interface Client {
  /** Resolves with whether the moment came; it has not when the command ended before. */
  struck: Promise<boolean>;
  ended: Promise<Ended>;
  /** Lets it go on. */
  goOn(): Promise<void>;
  /** Ends one that stands still, where there is no telling its story. */
  end(): Promise<void>;
}

/**
 * Starts a command on the deployer.
 *
 * @param command such as `deploy redeploy`; `--json` is added
 * @param signal what the client gets at the moment
 */
export async function startClient(
  deployer: Deployer,
  command: string,
  moment: Moment,
  signal: NodeJS.Signals,
  env: Record<string, string>,
): Promise<Client> {
  await deployer.write(PLACE, program);
  const event = eventOf(moment);
  const order = event === null ? {} : { PROOF_MOMENT: JSON.stringify({ signal, event }) };
  let pid: number | null = null;
  let unread = "";
  let strike: (came: boolean) => void = () => {};
  const struck = new Promise<boolean>((resolve) => {
    strike = resolve;
  });
  const loaded = [env["NODE_OPTIONS"], `--import=${PLACE}`].filter((option) => option !== undefined);
  const ended = deployer
    .run(`exec ${command} --json`, {
      env: { ...env, ...order, NODE_OPTIONS: loaded.join(" ") },
      onOutput(text, stream) {
        if (stream !== "stdout" || pid !== null) return;
        unread += text;
        const found = /"type":"proof\.struck","pid":(\d+)/.exec(unread);
        if (found === null) return;
        pid = Number(found[1]);
        strike(true);
      },
    })
    .then((ran) => {
      strike(false);
      return { exitCode: ran.exitCode, events: eventsOf(ran.stdout), output: ran.output };
    });
  const send = async (name: string) => {
    if (pid !== null) await deployer.run(`kill -${name} ${pid}`);
  };
  return { struck, ended, goOn: () => send("CONT"), end: () => send("KILL") };
}

/** What the event has to hold for this to be the moment; null: no event is. */
function eventOf(moment: Moment): Record<string, string> | null {
  if (moment.at === "before") return null;
  const { at: type, ...rest } = moment;
  return { type, ...rest };
}

/** The lines of `--json`; what is none is left to the reader of the whole output. */
export function eventsOf(stdout: string): SeenEvent[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .map((line) => JSON.parse(line) as SeenEvent);
}
