import { ValueError } from "./errors.ts";

/**
 * Refuses an option that does not exist: misspelt, it would silently do nothing. TypeScript sees most of that; JavaScript does not.
 *
 * @param callee what Python says got it: `sum()`, `Resize.__init__()`
 * @throws ValueError `sum() got an unexpected keyword argument 'keepDim'`
 */
export function checkOptions(op: string, options: object, known: readonly string[], callee?: string): void {
  if (typeof options !== "object" || options === null) {
    throw new ValueError(
      op,
      `${callee ?? `${op}()`} takes its options as an object`,
      `got ${String(options)}`,
      namesOf(known),
    );
  }
  for (const key in options) {
    if (known.includes(key)) continue;
    const meant = closest(key, known);
    throw new ValueError(
      op,
      `${callee ?? `${op}()`} got an unexpected keyword argument '${key}'`,
      "",
      `${meant === undefined ? "" : `Did you mean ${meant}? `}${namesOf(known)}`,
    );
  }
}

function namesOf(known: readonly string[]): string {
  return known.length === 0 ? "It has no options." : `Its options are: ${known.join(", ")}.`;
}

/** The name that is meant, if one is near enough: `keep_dim` is `keepdim`, `diletion` is `dilation`. */
function closest(key: string, known: readonly string[]): string | undefined {
  const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();
  const near = known
    .map((name) => ({ name, distance: editDistance(plain(key), plain(name)) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near !== undefined && near.distance <= Math.min(2, plain(key).length / 3) ? near.name : undefined;
}

/** How many letters must be put in, left out or exchanged (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
