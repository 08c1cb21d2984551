import type { Diagnosis } from "./diagnosis.ts";

/** What the last lines of a container's log give away; a pattern's first group is what it names. */
interface Clue {
  pattern: RegExp;
  /** Ends the sentence "shop-web-v2 on web1 …". */
  says(found: string): string;
  hint(found: string): string;
}

/** An environment variable's name, where the words around it say that it is one. */
const NAME = "([A-Z][A-Z0-9_]{2,})";
/** One that can hardly be anything else, whatever stands around it. */
const CLEAR_NAME = "([A-Z][A-Z0-9]*_[A-Z0-9_]+)";

const missingKey = {
  says: (name: string) => `misses the environment variable ${name}`,
  hint: (name: string) =>
    `add ${name} under env.clear, or under env.secret with its value in .cutover/secrets`,
};

/** The first clue that any line holds is taken, so what explains most comes first. */
const CLUES: readonly Clue[] = [
  {
    pattern: /exec format error/i,
    says: () => "holds a program that this host cannot run (exec format error)",
    hint: () => "build for the host's processor: builder.arch; of a script, check its first line (#!)",
  },
  {
    pattern: /(?:EROFS|read-only file ?system)[^\n]*?(?:'([^']+)'|: (\/\S+))?$/im,
    says: (path) => `wants to write to a file system that is read-only${path === "" ? "" : `, at ${path}`}`,
    hint: () => "mount something to write to there: volumes, or options.tmpfs",
  },
  // Ruby: key not found: "NAME"; Python: KeyError: 'NAME'; Elixir, Node and Go: words around it.
  { pattern: new RegExp(`key not found: :?["']${NAME}["']`), ...missingKey },
  { pattern: new RegExp(`KeyError: ["']${NAME}["']`), ...missingKey },
  { pattern: new RegExp(`[Ee]nvironment variable:? [\`"']?${NAME}\\b`), ...missingKey },
  { pattern: new RegExp(`Set the ${NAME} environment variable`), ...missingKey },
  {
    pattern: new RegExp(
      `\\b${CLEAR_NAME}[\`"']? (?:is not set|not set|is required|is missing|must be set|is undefined|is not defined|environment variable)`,
    ),
    ...missingKey,
  },
  { pattern: new RegExp(`(?:[Mm]issing|[Rr]equired)[^\\n]{0,40}?\\b${CLEAR_NAME}\\b`), ...missingKey },
  {
    pattern: /Missing [`'"]?secret_key_base[`'"]?/i,
    says: () => "misses Rails' secret_key_base",
    hint: () => "add RAILS_MASTER_KEY or SECRET_KEY_BASE under env.secret",
  },
  {
    pattern:
      /(?:EACCES|permission denied)[^\n]*?(?:bind|listen)|(?:bind|listen)[^\n]*?(?:EACCES|permission denied)/i,
    says: () => "may not listen on the port that it wants",
    hint: () => "ports below 1024 need root: let the app listen on a higher one and set proxy.app_port",
  },
  {
    pattern: /(?:EACCES|permission denied)[^\n]*?(?:'([^']+)'|: (\/\S+))/i,
    says: (path) => `is not permitted to use ${path}`,
    hint: () => "check the owner and mode of the file in the image or volume, and the image's USER",
  },
  {
    pattern: /(?:sh|bash): (?:\d+: |line \d+: )?([^\s:]+): (?:command )?not found/,
    says: (command) => `does not have the command ${command}`,
    hint: () => "check CMD and ENTRYPOINT of the Dockerfile, and cmd of the role",
  },
  {
    pattern:
      /(?:Cannot find module|Cannot find package|ModuleNotFoundError: No module named|cannot load such file --) ['"]?([^'"\s]+)/,
    says: (module) => `cannot find ${module}`,
    hint: () => "it is not in the image: check .dockerignore, and where the Dockerfile installs dependencies",
  },
];

/**
 * What a log says of why its container is not well.
 *
 * @param who `shop-web-v2 on web1`
 * @param log its last lines
 * @returns null where nothing in it is known to us
 */
export function clueIn(log: readonly string[], who: string): Diagnosis | null {
  const text = log.join("\n");
  for (const { pattern, says, hint } of CLUES) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const name = found[1] ?? found[2] ?? "";
    return { cause: `${who} ${says(name)}, by its log`, hint: hint(name) };
  }
  return null;
}
