/** Something in a configuration file that is wrong, or looks it. */
export interface Problem {
  /** Relative to the project's folder. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** `servers.web.hosts`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** `config/deploy.yml:3:5 servers.web.hots: unknown key; did you mean hosts?` */
export function problemLine(problem: Problem): string {
  const path = problem.path === "" ? "" : `${problem.path}: `;
  return `${problem.file}:${problem.line}:${problem.column} ${path}${problem.message}`;
}
