/** Longest payload whose length stands in the second byte (RFC 6455, 5.2); there are no others here. */
const longest = 125;
const maskLength = 4;

/** The payloads of the whole frames in these bytes, unmasked, and what is left. */
export function framesIn(bytes: Buffer): { payloads: Buffer[]; rest: Buffer } {
  const payloads: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const second = bytes[at + 1] as number;
    const masked = (second & 0x80) !== 0;
    const start = at + 2 + (masked ? maskLength : 0);
    const end = start + (second & 0x7f);
    if (end > bytes.length) break;
    const payload = Buffer.from(bytes.subarray(start, end));
    if (masked) unmask(payload, bytes.subarray(start - maskLength, start));
    payloads.push(payload);
    at = end;
  }
  return { payloads, rest: bytes.subarray(at) };
}

function unmask(payload: Buffer, mask: Buffer): void {
  for (let i = 0; i < payload.length; i += 1) {
    payload[i] = (payload[i] as number) ^ (mask[i % maskLength] as number);
  }
}

/** A message as servers send it. */
export function serverFrame(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
}

/** A message as clients send it: masked, here with zeros. */
export function clientFrame(payload: Buffer): Buffer {
  if (payload.length > longest) throw new RangeError(`a payload of ${payload.length} bytes is too long here`);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
