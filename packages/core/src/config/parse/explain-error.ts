import type { YAMLError } from "yaml";

/** What an error of the YAML reader means, in words for someone who does not know YAML's own. */
export function explainError(error: YAMLError): string {
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "a tab is used for indentation; YAML wants spaces";
    case "BAD_INDENT":
      if (error.message.startsWith("Flow ")) return "a [ or { is not closed in the lines above";
      return "the indentation does not fit the lines above; keys of one mapping start in the same column";
    case "MISSING_CHAR":
      if (/closing .?quote/.test(error.message)) return "a quote is not closed in the lines above";
      return `not valid YAML: ${lower(error.message)}`;
    case "BLOCK_AS_IMPLICIT_KEY":
      return "a mapping begins in the middle of a line; check the indentation and the colons, or quote the value";
    case "MULTILINE_IMPLICIT_KEY":
      return "a colon after the key is missing, or a quote is not closed";
    case "BAD_SCALAR_START":
      return "a value cannot begin with this character unless it is quoted";
    case "MULTIPLE_DOCS":
      return "a second document begins here (---); a configuration is one";
    default:
      return `not valid YAML: ${lower(error.message)}`;
  }
}

function lower(message: string): string {
  const [line = ""] = message.split("\n");
  return line.charAt(0).toLowerCase() + line.slice(1);
}
