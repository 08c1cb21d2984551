import type { ControlError, ControlErrorCode } from "./protocol.ts";

/** A request of a client that is not carried out. Becomes the `error` of its answer. */
export class ControlRefusal extends Error {
  override readonly name = "ControlRefusal";
  readonly code: ControlErrorCode;
  /** The parameter at fault, as a dotted path. */
  readonly field: string | undefined;

  constructor(code: ControlErrorCode, message: string, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }

  toControlError(): ControlError {
    const error: ControlError = { code: this.code, message: this.message };
    return this.field === undefined ? error : { ...error, field: this.field };
  }
}
