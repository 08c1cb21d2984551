import { InvalidArgumentError } from "commander";

/** The value of an option that counts something, from 1 on. */
export function wholeNumber(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It has to be a whole number from 1 on.");
}
