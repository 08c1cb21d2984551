import type { Environment, Workspace } from "../workspace.ts";
import type { Rendered, Unrendered } from "./render.ts";

/** What is there without asking where Kamal evaluates a template. A library is read when its name is met. */
const LIBRARIES = {
  YAML: "yaml",
  Psych: "psych",
  JSON: "json",
  Pathname: "pathname",
  SecureRandom: "securerandom",
  Base64: "base64",
  Open3: "open3",
  Digest: "digest",
  OpenSSL: "openssl",
  Shellwords: "shellwords",
  FileUtils: "fileutils",
  Tempfile: "tempfile",
  Date: "date",
  Set: "set",
  URI: "uri",
  Net: "net/http",
};

/**
 * Reads the template from standard input; no text of ours or the user's is spliced into the script. `presence` and
 * its kin are ActiveSupport's, which a template has there too: whoever has Kamal has it.
 */
const script = [
  'require "erb"',
  "template = $stdin.read",
  ...Object.entries(LIBRARIES).map(([name, library]) => `autoload :${name}, "${library}"`),
  "begin",
  '  require "active_support/core_ext/object/blank" if template.match?(/\\.(presence\\b|present\\?|blank\\?)/)',
  "rescue LoadError",
  "end",
  '$stdout.write(ERB.new(template, trim_mode: "-").result)',
].join("\n");

/**
 * A file with Ruby of its own, through the `ruby` on the PATH; `erb` is in its standard library.
 * Ruby does not say where a line of the result came from: the same line of the file is taken, and where there
 * is none, the one that stands as far down.
 */
export async function renderWithRuby(
  text: string,
  stranger: { offset: number; code: string },
  workspace: Workspace,
  env: Environment,
): Promise<Rendered | Unrendered> {
  const result = await workspace.run("ruby", ["-EUTF-8:UTF-8", "-e", script], {
    cwd: workspace.cwd,
    env,
    stdin: text,
  });
  if (result === null)
    return { problems: [{ offset: stranger.offset, message: withoutRuby(stranger.code) }], draft: null };
  if (result.exitCode !== 0) {
    return {
      problems: [
        { offset: lineStart(text, failedLine(result.stderr)), message: `Ruby: ${firstLine(result.stderr)}` },
      ],
      draft: null,
    };
  }
  return { text: result.stdout, offset: (rendered) => sameLine(text, result.stdout, rendered), env };
}

function withoutRuby(code: string): string {
  const what =
    code === ""
      ? "this ERB tag is not closed, or needs Ruby; there is none on the PATH"
      : "this needs Ruby, and there is none on the PATH";
  return (
    `${what}; without it these can be written: ` +
    'ENV["NAME"], ENV.fetch("NAME", "default"), either with || "default", a command in backticks, File.read("file").strip'
  );
}

function firstLine(stderr: string): string {
  const [line = "it failed"] = stderr.split("\n");
  return line.replace(/^.*?\(erb\):\d+:(in [^:]+: )?/, "").trim();
}

function failedLine(stderr: string): number {
  return Number(/\(erb\):(\d+)/.exec(stderr)?.[1] ?? 1);
}

function lineStart(text: string, line: number): number {
  let at = 0;
  for (let current = 1; current < line; current += 1) {
    const next = text.indexOf("\n", at);
    if (next < 0) return at;
    at = next + 1;
  }
  return at;
}

/** The same line of the file, if it came through as it was; else the one that stands as far down. */
function sameLine(original: string, rendered: string, offset: number): number {
  const start = rendered.lastIndexOf("\n", offset - 1) + 1;
  const index = rendered.slice(0, start).split("\n").length - 1;
  const [text = ""] = rendered.slice(start).split("\n", 1);
  const lines = original.split("\n");
  // Tags make lines more or fewer; what was written before the offset still is in its order.
  const after = lines.indexOf(text, Math.min(index, lines.length - 1));
  const line = after >= 0 ? after : Math.max(lines.lastIndexOf(text), Math.min(index, lines.length - 1));
  const column = Math.min(offset - start, lines[line]?.length ?? 0);
  return lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + column;
}
