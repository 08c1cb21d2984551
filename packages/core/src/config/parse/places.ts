import { LineCounter } from "yaml";
import type { Problem } from "../problem.ts";
import type { Source } from "../source.ts";

/** A text to parse, and how its places are those of the file it was made from. */
export interface YamlText {
  /** The file's name for messages. */
  file: string;
  text: string;
  /** The offset in the file for an offset in the text: ERB moves things. */
  original: { text: string; offset(rendered: number): number };
}

/** Offsets in the rendered text to lines and columns in the file. */
export class Places {
  readonly #yaml: YamlText;
  readonly #lines = new LineCounter();

  constructor(yaml: YamlText) {
    this.#yaml = yaml;
    this.#lines.addNewLine(0);
    const text = yaml.original.text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
      this.#lines.addNewLine(at + 1);
  }

  at(offset: number): Source {
    const { line, col } = this.#lines.linePos(this.#yaml.original.offset(offset));
    return { file: this.#yaml.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  problem(offset: number, message: string, path = ""): Problem {
    return { ...this.at(offset), path, message };
  }
}
