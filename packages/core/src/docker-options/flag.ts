import type { ContainerSettings } from "./container-settings.ts";

/** What was wrong with a value, in words; nothing when it was understood. */
type Outcome = string | undefined;

/** One flag of `docker run` and what it comes to in the Engine API. */
export type Flag =
  /** Stands alone, or with true or false. */
  | { takes: "switch"; set(settings: ContainerSettings, on: boolean): Outcome }
  /** Takes one value. */
  | { takes: "value"; set(settings: ContainerSettings, value: string): Outcome }
  /** May be given several times; called once for each. */
  | { takes: "values"; set(settings: ContainerSettings, value: string): Outcome }
  /** Is a flag of `docker run`, and has no place in a deploy. */
  | { takes: "nothing"; because: string };

export type FlagTable = Record<string, Flag>;

/** A switch that sets one thing. */
export function aSwitch(set: (settings: ContainerSettings, on: boolean) => void): Flag {
  return {
    takes: "switch",
    set: (settings, on) => {
      set(settings, on);
      return undefined;
    },
  };
}

/** A value that is taken as it is. */
export function aText(set: (settings: ContainerSettings, value: string) => void): Flag {
  return {
    takes: "value",
    set: (settings, value) => {
      set(settings, value);
      return undefined;
    },
  };
}

/** A value that is read first; where it cannot be, `expected` says what it should look like. */
export function aValue<T>(
  read: (value: string) => T | null,
  expected: string,
  set: (settings: ContainerSettings, value: T) => void,
): Flag {
  return { takes: "value", set: reading(read, expected, set) };
}

/** Like {@link aValue}, for a flag that may be repeated. */
export function someValues<T>(
  read: (value: string) => T | null,
  expected: string,
  set: (settings: ContainerSettings, value: T) => void,
): Flag {
  return { takes: "values", set: reading(read, expected, set) };
}

/** Values that are taken as they are, one after the other. */
export function someTexts(set: (settings: ContainerSettings, value: string) => void): Flag {
  return someValues((value) => value, "text", set);
}

export function notHere(because: string): Flag {
  return { takes: "nothing", because };
}

function reading<T>(
  read: (value: string) => T | null,
  expected: string,
  set: (settings: ContainerSettings, value: T) => void,
): (settings: ContainerSettings, value: string) => Outcome {
  return (settings, value) => {
    const understood = read(value);
    if (understood === null) return `expected ${expected}, not ${value}`;
    set(settings, understood);
    return undefined;
  };
}
