import type { ControlError, ControlErrorCode } from "@cutover/proxy/protocol";

/** What the proxy said no to, and why. Turned into a DeployError by the step that asked. */
export class ProxyRefusal extends Error {
  override readonly name = "ProxyRefusal";
  readonly code: ControlErrorCode;
  readonly field: string | null;

  constructor(error: ControlError) {
    super(error.message);
    this.code = error.code;
    this.field = error.field ?? null;
  }
}
