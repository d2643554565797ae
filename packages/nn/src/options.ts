import { checkOptions } from "@kindling/core/extend";

/** Refuses an option that a layer does not have. */
export function checkLayerOptions(name: string, options: object, known: readonly string[]): void {
  checkOptions(name, options, known, `${name}.__init__()`);
}

/**
 * Options of which the first may be given by itself, a value of type `kind`: `new LeakyReLU(0.2)` is
 * `new LeakyReLU({ negativeSlope: 0.2 })`.
 */
export function optionsOf<O extends object>(
  name: string,
  given: O[keyof O] | O,
  known: readonly (keyof O & string)[],
  kind: "number" | "string" = "number",
): O {
  const options = typeof given === kind ? ({ [known[0] as string]: given } as O) : (given as O);
  checkLayerOptions(name, options, known);
  return options;
}
