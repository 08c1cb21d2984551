import type { z } from "zod";
import type { Path } from "../parse/tree.ts";

type Issue = z.core.$ZodIssue;

/** One thing wrong, at a path, in words; `unknownKey` where it is a key that does not exist. */
export interface Finding {
  path: Path;
  message: string;
  unknownKey?: string;
  /** Where only some words are possible: which. */
  words?: readonly string[];
}

/** What zod found, with alternatives resolved to the one that was most likely meant. */
export function findings(issues: readonly Issue[], around: Path = []): Finding[] {
  return issues.flatMap((issue) => {
    const path = [...around, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
    if (issue.code === "invalid_union") return unionFindings(issue, path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], message: "unknown key", unknownKey: key }));
    }
    return [finding(path, words(issue), [issue])];
  });
}

/** The alternative that got furthest: its own type fits, and it has the least against it. */
function unionFindings(issue: Extract<Issue, { code: "invalid_union" }>, path: Path): Finding[] {
  const fitting = issue.errors.filter((errors) => errors.every((error) => !isWholeMismatch(error)));
  const [best] = [...fitting].sort((a, b) => weight(a) - weight(b));
  if (best) return findings(best, path);
  const message = issue.message === "Invalid input" ? expectedOf(issue.errors) : issue.message;
  return [finding(path, message, issue.errors.flat())];
}

function finding(path: Path, message: string, issues: readonly Issue[]): Finding {
  const possible = issues.flatMap((issue) =>
    issue.code === "invalid_value" ? issue.values.map(String) : [],
  );
  return { path, message, ...(possible.length > 0 ? { words: possible } : {}) };
}

function isWholeMismatch(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  return (
    issue.code === "invalid_type" ||
    issue.code === "invalid_value" ||
    issue.code === "invalid_format" ||
    (issue.code === "invalid_union" && issue.errors.every((errors) => errors.some(isWholeMismatch)))
  );
}

function weight(issues: readonly Issue[]): number {
  let sum = 0;
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") sum += 2 * issue.keys.length;
    else if (issue.code === "invalid_key") sum += 5;
    else sum += 1;
  }
  return sum;
}

function expectedOf(branches: readonly (readonly Issue[])[]): string {
  const kinds = branches.flatMap((issues) => issues.map(words));
  const names = kinds.map((kind) => kind.replace(/^expected /, ""));
  return `expected ${[...new Set(names)].join(" or ")}`;
}

const TYPE_WORDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping (key: value)",
  record: "a mapping (key: value)",
  null: "nothing",
};

function words(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected ${issue.values.map(String).join(" or ")}`;
    case "too_small":
      if (!issue.message.startsWith("Too small")) return issue.message;
      if (issue.origin === "array") return "must not be empty";
      return `must be at least ${issue.minimum}`;
    case "too_big":
      if (!issue.message.startsWith("Too big")) return issue.message;
      return `must be at most ${issue.maximum}`;
    case "invalid_key": {
      const [first] = issue.issues;
      return first?.code === "invalid_format" || first?.code === "custom"
        ? first.message
        : "is no valid name here";
    }
    default:
      return issue.message;
  }
}
