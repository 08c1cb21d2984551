/**
 * Writes one line of what the proxy does: start, state, control. Never called for a request.
 *
 * @param event dotted, such as `switch.committed`
 * @param facts plain data; never anything secret
 */
export type Log = (event: string, facts?: Record<string, unknown>) => void;

/** Events as JSON lines. */
export function jsonLog(output: { write(line: string): unknown }, now: () => number): Log {
  return (event, facts) => {
    output.write(`${JSON.stringify({ at: new Date(now()).toISOString(), event, ...facts })}\n`);
  };
}
