import { asWritten, describeValue } from "./describe-value.ts";
import { ArgumentTypeError, ValueError } from "./errors.ts";

/**
 * Refuses an option that does not exist, and anything in place of the options: misspelt or positional, it would silently do nothing.
 * TypeScript sees most of that; JavaScript does not.
 *
 * @param known the names, in the order of PyTorch's parameters
 * @param callee what Python says got it: `sum()`, `Resize.__init__()`
 * @throws ValueError `sum() got an unexpected keyword argument 'keepDim'`
 */
export function checkOptions(op: string, options: object, known: readonly string[], callee?: string): void {
  if (!isOptions(options, known)) {
    const shown = asWritten(options);
    throw new ValueError(
      op,
      `${callee ?? `${op}()`} takes its options as an object`,
      `got ${describeValue(options)}`,
      `${known.length === 0 ? "" : `Write { ${known[0]}: ${shown ?? "..."} }. `}${namesOf(known)}`,
    );
  }
  let next = 0;
  for (const key in options) {
    // Most are given in the order of `known`.
    if (key === known[next++] || known.includes(key)) {
      if (WHOLE.has(key)) checkWhole(op, key, (options as Readonly<Record<string, unknown>>)[key]);
      continue;
    }
    throw new ValueError(
      op,
      `${callee ?? `${op}()`} got an unexpected keyword argument '${key}'`,
      "",
      `${hint(key, known)}${namesOf(known)}`,
    );
  }
}

/** The options that are whole numbers, or lists of them, whatever has them: sizes, positions and counts. */
const WHOLE: ReadonlySet<string> = new Set(
  "batchDim colWidth decimals depth dilation dim divisorOverride groups ignoreIndex lastEpoch maxSize numWorkers outputPadding padding paddingIdx patience prefetchFactor stride threads topK".split(
    " ",
  ),
);

/** Refuses a fraction. What is no number at all is for the callee: a padding may be a word. */
function checkWhole(op: string, key: string, value: unknown): void {
  const isFraction = (one: unknown): boolean => typeof one === "number" && !Number.isInteger(one);
  if (!(Array.isArray(value) ? value.some(isFraction) : isFraction(value))) return;
  throw new ArgumentTypeError(op, `${key} must be a whole number`, `got ${describeValue(value)}`);
}

/** Tensors and modules carry brands, and names that options have too. */
const BRANDS = [Symbol.for("kindling.Tensor"), Symbol.for("kindling.Module")];

/** A plain object, or an instance of a class that has at least one of the options: not a tensor, an array, a generator, a device. */
function isOptions(value: unknown, known: readonly string[]): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  if (Array.isArray(value) || BRANDS.some((brand) => brand in value)) return false;
  // A plain object of another realm.
  if (Object.getPrototypeOf(prototype) === null) return true;
  return known.some((name) => name in value);
}

function namesOf(known: readonly string[]): string {
  return known.length === 0 ? "It has no options." : `Its options are: ${known.join(", ")}.`;
}

/** The replacement for an option that does not exist, if known. */
function hint(key: string, known: readonly string[]): string {
  if (key === "dim" || key === "axis") return "A dimension is an argument of its own, before the options. ";
  const meant = closest(key, known);
  return meant === undefined ? "" : `Did you mean ${meant}? `;
}

/** The name that is meant, if one is near enough: `keep_dim` is `keepdim`, `diletion` is `dilation`, `max_epochs` is `epochs`. */
function closest(key: string, known: readonly string[]): string | undefined {
  const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();
  const near = known
    .map((name) => ({ name, distance: editDistance(plain(key), plain(name)) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near !== undefined && near.distance <= Math.min(2, plain(key).length / 3)) return near.name;
  return known.find((name) => name.length > 4 && plain(key).endsWith(plain(name)));
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
