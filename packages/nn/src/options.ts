import { ValueError } from "@kindling/core";

/** Refuses an option that does not exist: one that is misspelt would silently do nothing. */
export function checkOptions(name: string, options: object, known: readonly string[]): void {
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
