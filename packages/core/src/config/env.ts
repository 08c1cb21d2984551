/** A secret by its name in the secrets files. */
export interface Secret {
  secret: string;
}

/** An environment variable whose value is a secret: `NAME`, or `NAME:SECRET` where the two differ. */
export interface SecretVariable extends Secret {
  /** The variable's name in the container. */
  name: string;
}

/** The environment of a container. No name is in both: one that is written in both has the clear value. */
export interface Env {
  /** Value by name. `${NAME}` in a value stands for the host's own variable. */
  clear: Record<string, string>;
  secret: SecretVariable[];
}
