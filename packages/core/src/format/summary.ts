import { numel, type Shape, stridesOf } from "../base/shape.ts";
import type { PrintOptions } from "./print-options.ts";

/** Whether a tensor of this shape has more elements than are printed in full. */
export function isSummarised(shape: Shape, options: PrintOptions): boolean {
  return numel(shape) > options.threshold;
}

/** The indices shown of one dimension, and whether some are left out in the middle. */
export function shownOfDimension(size: number, summarise: boolean, edgeitems: number): [number[], boolean] {
  const gap = summarise && size > 2 * edgeitems;
  const count = gap ? 2 * edgeitems : size;
  return [Array.from({ length: count }, (_, i) => (gap && i >= edgeitems ? size - count + i : i)), gap];
}

/** The row-major indices of the elements that are printed, in order. */
export function shownElements(shape: Shape, options: PrintOptions): number[] {
  const summarise = isSummarised(shape, options);
  const strides = stridesOf(shape);
  let shown = [0];
  for (const [dim, size] of shape.entries()) {
    const [indices] = shownOfDimension(size, summarise, options.edgeitems);
    shown = shown.flatMap((base) => indices.map((i) => base + i * (strides[dim] as number)));
  }
  return shown;
}
