import type { ClientSocket } from "../accept/client-socket.ts";
import type { OwnAnswer } from "../answer/answer.ts";

/** What an exchange needs of the connection that its request came over. */
export interface ExchangeClient {
  readonly socket: ClientSocket;
  readonly protocol: "http" | "https";
  /** The client's address; an IPv4 one without `::ffff:`. */
  readonly address: string;
  /** The time limit of what goes on now, in the sweeper's time; 0 for none. */
  deadline: number;
  /** Whether no more requests are to be taken from this connection after this one. */
  readonly isLast: boolean;
  /** The answer is complete. */
  exchangeEnded(keepAlive: boolean): void;
  /** Answer without a target; what is left of the request's body is not read. */
  answerOwn(answer: OwnAnswer, keepAlive: boolean): void;
}
