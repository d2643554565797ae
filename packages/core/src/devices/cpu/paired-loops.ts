import type { TypedArray } from "../../base/dtype.ts";
import { type Shape, stridesOf } from "../../base/shape.ts";

/** Where each element of a tensor of the shape `out` finds its element in an operand of `shape`, which broadcasts. */
export function placesIn(shape: Shape, out: Shape): Int32Array {
  const strides = stridesOf(shape);
  let places = new Int32Array(1);
  for (const [i, size] of out.entries()) {
    const own = i - (out.length - shape.length);
    const step = own < 0 || shape[own] === 1 ? 0 : (strides[own] as number);
    const finer = new Int32Array(places.length * size);
    for (let j = 0; j < finer.length; j++) finer[j] = (places[Math.floor(j / size)] as number) + (j % size) * step;
    places = finer;
  }
  return places;
}

/** Elements with their shape. */
interface Elements {
  readonly data: TypedArray;
  readonly shape: Shape;
}

/** Fills `out`, of the shape that `a` and `b` broadcast to, with what `of` makes of each pair. */
export function fillFromPairs(
  out: TypedArray,
  shape: Shape,
  a: Elements,
  b: Elements,
  of: (a: number, b: number) => number,
): void {
  const [left, right] = [a.data, b.data];
  if (left.length === out.length && right.length === out.length) {
    for (let i = 0; i < out.length; i++) out[i] = of(left[i] as number, right[i] as number);
  } else if (left.length === out.length && right.length === 1) {
    for (let i = 0; i < out.length; i++) out[i] = of(left[i] as number, right[0] as number);
  } else {
    const [atLeft, atRight] = [placesIn(a.shape, shape), placesIn(b.shape, shape)];
    for (let i = 0; i < out.length; i++) {
      out[i] = of(left[atLeft[i] as number] as number, right[atRight[i] as number] as number);
    }
  }
}
