/** `Array.isArray`, which also tells a readonly array from what else a type allows. Typed arrays are no lists. */
export function isList<T, Other extends object>(value: readonly T[] | Other): value is readonly T[] {
  return Array.isArray(value);
}
