/**
 * How many requests should have been sent after `elapsedMs`, the first at 0. The count does not ask
 * how many were answered: a server that stalls is still sent what its users would send it.
 */
export function dueAfter(elapsedMs: number, perSecond: number): number {
  return Math.floor((elapsedMs * perSecond) / 1000) + 1;
}

/** When the request with this index (from 0) is due, in ms since the start. */
export function dueAt(index: number, perSecond: number): number {
  return (index * 1000) / perSecond;
}
