/** A piece of a text with ERB in it. Offsets are into the text. */
export type Piece =
  | { kind: "text"; from: number; to: number }
  /** `<%= code %>` prints a value; `<% code %>` does something. `from` is where `<%` stands, `codeFrom` the code. */
  | { kind: "print" | "do"; from: number; to: number; codeFrom: number; code: string };

/**
 * Cuts a text at its ERB tags. Comments (`<%# %>`) are gone; `-%>` takes the line's end with it, as
 * trim mode `-` has it. Null where a tag is not closed or is of a kind that only Ruby should read.
 */
export function piecesOf(text: string): Piece[] | null {
  const pieces: Piece[] = [];
  let at = 0;
  for (let open = text.indexOf("<%"); open >= 0; open = text.indexOf("<%", at)) {
    const close = text.indexOf("%>", open + 2);
    const mark = text[open + 2];
    if (close < 0 || mark === "%" || mark === "-") return null;
    if (open > at) pieces.push({ kind: "text", from: at, to: open });
    const trims = text[close - 1] === "-";
    let to = close + 2;
    if (trims && text[to] === "\n") to += 1;
    if (mark !== "#") {
      const codeFrom = open + (mark === "=" ? 3 : 2);
      const code = text.slice(codeFrom, trims ? close - 1 : close);
      pieces.push({ kind: mark === "=" ? "print" : "do", from: open, to, codeFrom, code });
    }
    at = to;
  }
  if (at < text.length) pieces.push({ kind: "text", from: at, to: text.length });
  return pieces;
}

/** Whether a text has ERB at all. */
export function hasErb(text: string): boolean {
  return text.includes("<%");
}
