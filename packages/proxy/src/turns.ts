/** Lets tasks run one after another, in the order they came. */
export class Turns {
  #last: Promise<unknown>;

  /** @param after the first one waits for this */
  constructor(after: Promise<void> = Promise.resolve()) {
    this.#last = after;
  }

  /** Settles as the task does. A task that fails does not keep the next from running. */
  take<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Settles when every task that was given has ended, well or not. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
