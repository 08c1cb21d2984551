/** Bytes that the grammar of RFC 9112 gives a meaning of their own. */
export const HTAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const COLON = 0x3a;

/** For each byte that may stand in a token (RFC 9110, 5.6.2): its lower case; 0 for every other byte. */
export const tokenLower = new Uint8Array(256);
for (const sign of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz") {
  const byte = sign.charCodeAt(0);
  tokenLower[byte] = byte;
  tokenLower[sign.toUpperCase().charCodeAt(0)] = byte;
}

/** 1 for each byte that may stand in a field value (RFC 9110, 5.5): visible, space, tab, 0x80 and above. */
export const fieldByte = new Uint8Array(256);
fieldByte[HTAB] = 1;
fieldByte.fill(1, 0x20, 0x7f);
fieldByte.fill(1, 0x80);

/**
 * 1 for each byte that may stand in a request target: visible US-ASCII but `#`, since a fragment is
 * never sent. Bytes of 0x80 and above have to be percent-encoded (RFC 3986, 2.1).
 */
export const targetByte = new Uint8Array(256);
targetByte.fill(1, 0x21, 0x7f);
targetByte[0x23] = 0;

/** The value of each hexadecimal digit; 255 for every other byte. */
export const hexValue = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit++) {
  const sign = digit.toString(16);
  hexValue[sign.charCodeAt(0)] = digit;
  hexValue[sign.toUpperCase().charCodeAt(0)] = digit;
}
