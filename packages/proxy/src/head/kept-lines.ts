import type { Fields } from "../http1/fields.ts";

/**
 * Collects the field lines that go through as they are. Neighbours are copied in one slice, so that
 * a head of which nothing is dropped costs one.
 */
export class KeptLines {
  readonly #fields: Fields;
  #kept = "";
  #from = -1;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  keep(index: number): void {
    if (this.#from === -1) this.#from = this.#fields.start(index);
  }

  drop(index: number): void {
    if (this.#from === -1) return;
    this.#kept += this.#fields.text.slice(this.#from, this.#fields.start(index));
    this.#from = -1;
  }

  /** The lines that were kept, each with its line end. */
  end(): string {
    if (this.#from === -1) return this.#kept;
    return this.#kept + this.#fields.text.slice(this.#from, this.#fields.end);
  }
}
