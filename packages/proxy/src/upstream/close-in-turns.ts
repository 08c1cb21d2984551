/**
 * How many connections are closed in one turn of the event loop. Of a target that drains all are closed, 0.1 ms
 * each, just when those to the next one are made; and nobody waits for it.
 */
const mostClosed = 2;

/** What is closed by being destroyed. */
interface Closable {
  destroy(): void;
}

const leaving: Closable[] = [];

/** Closes connections that carry nothing, a few in each turn of the event loop. */
export function closeInTurns(connections: readonly Closable[]): void {
  if (leaving.length === 0 && connections.length > 0) setImmediate(closeSome);
  leaving.push(...connections);
}

function closeSome(): void {
  for (const connection of leaving.splice(0, mostClosed)) connection.destroy();
  if (leaving.length > 0) setImmediate(closeSome);
}
