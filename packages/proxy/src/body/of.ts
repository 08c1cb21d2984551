import { type Body, LengthBody, UntilCloseBody } from "../http1/body.ts";
import { ChunkedBody } from "../http1/chunked-body.ts";
import type { BodyKind } from "../http1/framing.ts";

/** Follows a body of that kind from its first byte. No body at all is one of length 0. */
export function bodyOf(kind: BodyKind, length: number): Body {
  switch (kind) {
    case "none":
    case "length":
      return new LengthBody(length);
    case "chunked":
      return new ChunkedBody();
    case "until-close":
      return new UntilCloseBody();
  }
}
