import { ValueError } from "@kindling/core";

/** Refuses an option that does not exist: one that is misspelt would silently do nothing. */
export function checkOptions(name: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    const rule = "options come as an object";
    throw new ValueError(name, rule, `got ${String(options)}`, `Name it: one of ${known.join(", ")}.`);
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    throw new ValueError(
      name,
      `got an unexpected keyword argument '${key}'`,
      "",
      `Its options are: ${known.join(", ")}.`,
    );
  }
}

/** Options of which the first may be given by itself: `new LeakyReLU(0.2)` is `new LeakyReLU({ negativeSlope: 0.2 })`. */
export function optionsOf<O extends object>(
  name: string,
  given: O[keyof O] | O,
  known: readonly (keyof O & string)[],
): O {
  const options = typeof given === "object" && given !== null ? (given as O) : ({ [known[0] as string]: given } as O);
  checkOptions(name, options, known);
  return options;
}
