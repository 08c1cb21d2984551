import type { Environment, Workspace } from "../workspace.ts";
import type { Rendered, RenderProblem } from "./render.ts";

/** Reads the template from standard input; no text of ours or the user's is spliced into the script. */
const script = 'require "erb"; $stdout.write(ERB.new($stdin.read, trim_mode: "-").result)';

/**
 * A file with Ruby of its own, through the `ruby` on the PATH; `erb` is in its standard library.
 * Lines of the result are taken for lines of the file, which holds where no tag prints or drops any.
 */
export async function renderWithRuby(
  text: string,
  stranger: { offset: number; code: string },
  workspace: Workspace,
  env: Environment,
): Promise<Rendered | { problems: RenderProblem[] }> {
  const result = await workspace.run("ruby", ["-e", script], { cwd: workspace.cwd, env, stdin: text });
  if (result === null)
    return { problems: [{ offset: stranger.offset, message: withoutRuby(stranger.code) }] };
  if (result.exitCode !== 0) {
    return {
      problems: [
        { offset: lineStart(text, failedLine(result.stderr)), message: `Ruby: ${firstLine(result.stderr)}` },
      ],
    };
  }
  return { text: result.stdout, offset: (rendered) => sameLine(text, result.stdout, rendered), env };
}

function withoutRuby(code: string): string {
  const what = code === "" ? "this ERB tag is not closed or is unusual, and" : "this needs Ruby, and";
  return (
    `${what} there is none on the PATH; without it these can be written: ` +
    'ENV["NAME"], ENV.fetch("NAME", "default"), either with || "default", a command in backticks, File.read("file").strip'
  );
}

function firstLine(stderr: string): string {
  const [line = "it failed"] = stderr.split("\n");
  return line.replace(/^.*?\(erb\):\d+:(in [^:]+: )?/, "");
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

function sameLine(original: string, rendered: string, offset: number): number {
  const before = rendered.slice(0, offset);
  const line = before.split("\n").length;
  const start = lineStart(original, line);
  const end = original.indexOf("\n", start);
  return Math.min(start + offset - (before.lastIndexOf("\n") + 1), end < 0 ? original.length : end);
}
