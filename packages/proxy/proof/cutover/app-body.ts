/** What an app answers of a length: its own name over and over, so that what two apps say can't be mixed up. */
export function bodyOfApp(name: string, length: number): Buffer {
  return Buffer.alloc(length, `${name} `);
}
