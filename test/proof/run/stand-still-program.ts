/**
 * Is loaded into the client by `node --import`: as it writes a certain event of its `--json`, it gets a
 * signal. Nobody who reads along could be as quick: a switch takes 20 ms, and much happens in one.
 *
 * `PROOF_MOMENT` holds the signal and what the event has to hold. A line
 * `{"type":"proof.struck","pid":…}` follows the event; pipes are written at once, so both are out by then.
 */
const { signal, event } = JSON.parse(process.env["PROOF_MOMENT"] ?? "{}") as {
  signal?: NodeJS.Signals;
  event?: Record<string, string>;
};
const write = process.stdout.write.bind(process.stdout) as (...given: unknown[]) => boolean;
let struck = signal === undefined || event === undefined;

process.stdout.write = ((...given: unknown[]) => {
  const written = write(...given);
  if (struck || !String(given[0]).split("\n").some(isMoment)) return written;
  struck = true;
  write(`${JSON.stringify({ type: "proof.struck", pid: process.pid })}\n`);
  process.kill(process.pid, signal);
  return written;
}) as typeof process.stdout.write;

/** A step's name goes on with what it is about: `pass-gate web` is the step `pass-gate`. */
const means = (value: unknown, wanted: string) => value === wanted || String(value).startsWith(`${wanted} `);

function isMoment(line: string): boolean {
  if (!line.startsWith("{")) return false;
  const seen = JSON.parse(line) as Record<string, unknown>;
  return Object.entries(event ?? {}).every(([name, wanted]) => means(seen[name], wanted));
}
