import { ShapeError, ValueError } from "../../base/errors.ts";
import { formatShape, numel } from "../../base/shape.ts";
import { surplusArguments } from "../../base/surplus-arguments.ts";
import { checkTensor } from "../../tensor/arguments.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { div } from "../arithmetic.ts";
import { nothingOf } from "./nothing.ts";
import { areasOf, type Picks, sumWindows } from "./sum-windows.ts";
import { checkDType, pooledShape } from "./windows.ts";

/**
 * Means over as many windows as the result is to have, as equal as they can be: window i reaches from `floor(i H / H')` to
 * `ceil((i + 1) H / H')`. Shapes: x `[N, C, H, W]` or `[C, H, W]`, y the same with `H'` and `W'`; null leaves a size as it is.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html
 */
export function adaptiveAvgPool2d(x: Tensor, outputSize: number | null | readonly (number | null)[]): Tensor {
  if (arguments.length > 2) throw surplusArguments("adaptiveAvgPool2d(x, outputSize)", arguments.length);
  checkTensor("adaptiveAvgPool2d", x);
  const op = "adaptiveAvgPool2d";
  const asked = Array.isArray(outputSize) ? outputSize : [outputSize, outputSize];
  if (asked.length !== 2) throw new ShapeError(op, "adaptive_avg_pool2d: output_size must be 2");
  if (x.ndim !== 3 && x.ndim !== 4) {
    throw new ShapeError(op, `adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got ${formatShape(x.shape)}`);
  }
  const empty = x.shape.findIndex((size, dim) => size === 0 && (dim > 0 || x.ndim === 3));
  if (empty >= 0) {
    throw new ShapeError(
      op,
      `adaptive_avg_pool2d(): Expected input to have non-zero size for non-batch dimensions, but input has sizes ${formatShape(x.shape)} with dimension ${empty} being empty`,
    );
  }
  checkDType(op, x, { integers: false });
  const [height, width] = x.shape.slice(-2) as [number, number];
  const [rows, columns] = [asked[0] ?? height, asked[1] ?? width];
  if (![rows, columns].every((size) => Number.isInteger(size) && size >= 0)) {
    throw new ValueError(
      op,
      `adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but received {${rows}, ${columns}}`,
    );
  }
  const shape = pooledShape(x.shape, rows, columns);
  if (numel(shape) === 0) return nothingOf(x, shape);
  const [tall, wide] = [rangesOf(height, rows), rangesOf(width, columns)];
  const total = sumWindows(x, picksOf(tall, height), picksOf(wide, width));
  return div(total, areasOf(tall.map(lengthOf), wide.map(lengthOf), x));
}

type Range = readonly [begin: number, end: number];

const lengthOf = ([begin, end]: Range): number => end - begin;

function rangesOf(size: number, count: number): Range[] {
  return Array.from({ length: count }, (_, i) => [Math.floor((i * size) / count), Math.ceil(((i + 1) * size) / count)]);
}

/** Windows shorter than the longest are filled up with positions in the padding. */
function picksOf(ranges: readonly Range[], size: number): Picks {
  const kernel = Math.max(...ranges.map(lengthOf));
  const positions = new Int32Array(ranges.length * kernel).fill(size);
  ranges.forEach(([begin, end], i) => {
    for (let k = 0; k < end - begin; k++) positions[i * kernel + k] = begin + k;
  });
  return { positions, kernel };
}
