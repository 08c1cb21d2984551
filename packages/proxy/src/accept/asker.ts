import type { Asker } from "../answer/answer.ts";
import { known } from "../http1/known-fields.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { Asked } from "../split/split.ts";
import type { Service } from "../switch/service.ts";

/** Who an answer of our own goes to; the head is null where it could not be read. */
export function askerOf(head: RequestHead | null, service: Service | null): Asker {
  return {
    method: head?.method ?? "GET",
    accept: head?.fields.combined(known.accept) ?? "",
    pages: service?.options?.errorPages ?? {},
  };
}

/** A request's fields, as a split looks them up. */
export function askedBy(head: RequestHead): Asked {
  return { header: (name) => head.fields.get(name) };
}

/** Whether bytes of a body follow the head. */
export function hasContent(head: RequestHead): boolean {
  return head.body === "chunked" || head.length > 0;
}

/** An address as it is written elsewhere: an IPv4 one without what an IPv6 socket puts before it. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
