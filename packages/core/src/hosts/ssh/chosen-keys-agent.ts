import ssh2, { type IdentityCallback, type ParsedKey } from "ssh2";

/** An ssh-agent that is asked for certain keys only, as `IdentitiesOnly` wants it. */
export class ChosenKeysAgent extends ssh2.OpenSSHAgent {
  readonly #only: readonly Buffer[];

  /** @param only public keys as the protocol carries them */
  constructor(socket: string, only: readonly Buffer[]) {
    super(socket);
    this.#only = only;
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    super.getIdentities((error, keys = []) => {
      if (error) return done(error);
      done(
        null,
        keys.filter(
          (key) => "getPublicSSH" in key && this.#only.some((wanted) => wanted.equals(key.getPublicSSH())),
        ),
      );
    });
  }
}
