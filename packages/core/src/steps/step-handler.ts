import type { Act } from "./act.ts";

/** One kind of step: how it reads, what it does, how it is taken back. */
export interface StepHandler<S> {
  /** For people, in the imperative: "pull registry.example.com/shop:3f2a1c0". Never holds a secret. */
  describe(step: S): string;
  /**
   * Carries the step out.
   *
   * @returns a note for people about what came of it, or nothing
   */
  run(step: S, act: Act): Promise<string | undefined>;
  /**
   * Takes it back, also when it was only half done. A step without it leaves nothing that matters.
   * Undoing what was never done is harmless.
   */
  undo?(step: S, act: Act): Promise<void>;
  /** Whether it is carried out even after Ctrl-C, because leaving it out would leave a trap. */
  essential?: boolean;
}
