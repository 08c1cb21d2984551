/**
 * The few forms of Ruby that configuration files use most, recognised exactly. Anything else is
 * null: a half-understood Ruby would be silently wrong about production.
 */
export type Expression =
  | { kind: "text"; value: string }
  | { kind: "nil" }
  | { kind: "env"; name: Expression; mode: "nil" | "required"; otherwise: Expression | null }
  | { kind: "or"; left: Expression; right: Expression }
  | { kind: "join"; left: Expression; right: Expression }
  | { kind: "command"; line: string }
  | { kind: "file"; path: Expression }
  | { kind: "path"; path: Expression }
  | { kind: "strip"; of: Expression; how: "strip" | "chomp" };

/** A statement that a `<% %>` may hold. */
export type Statement =
  | { kind: "nothing" }
  | { kind: "dotenv"; files: Expression[]; overwrite: boolean; ifExists: Expression | null };
