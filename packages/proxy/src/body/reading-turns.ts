/**
 * How many times in a row one socket may be read to the brim. libuv would go on for 32 times before any other
 * socket has its turn: 2 MB, for which a small request waits several milliseconds, times as many as read big bodies.
 */
const mostInARow = 4;

let last: ReadTurn | null = null;
let inARow = 0;
let waiting: ReadTurn[] = [];

/** What is needed of a socket to have it wait. */
export interface ReadTurn {
  readonly destroyed: boolean;
  isPaused(): boolean;
  resume(): unknown;
}

/**
 * Whether a socket may be read again before others are: what `onread` of `net` is to give. If not, it is read
 * on by itself once the others have had their turn, unless somebody has paused it meanwhile.
 *
 * @param filled whether the read filled its buffer, so that there is probably more
 */
export function mayReadOn(socket: ReadTurn, filled: boolean): boolean {
  if (!filled) return true;
  inARow = socket === last ? inARow + 1 : 1;
  last = socket;
  if (inARow < mostInARow) return true;
  last = null;
  if (waiting.length === 0) setImmediate(readOn);
  waiting.push(socket);
  return false;
}

function readOn(): void {
  const sockets = waiting;
  waiting = [];
  for (const socket of sockets) if (!socket.destroyed && !socket.isPaused()) socket.resume();
}
