/** One number for all dimensions, or one for each. */
export type Sizes = number | readonly number[];

/** One number for each of `count` dimensions. */
export function spread(sizes: Sizes, count: number): readonly number[] {
  return typeof sizes === "number" ? new Array<number>(count).fill(sizes) : [...sizes];
}
