/**
 * How a schema checks what a command reads but a few times. zod would otherwise compile a function for
 * each kind of object first, 10 ms for a dozen fields, which only pays off after some hundreds of them.
 */
export const UNCOMPILED = { jitless: true } as const;
