import { noGrad, ShapeError, scope, type Tensor, zeros } from "@kindling/core";
import { checkOptions, checkTensor, formatShape, surplusArguments } from "@kindling/core/extend";
import { fillFrom } from "./constant.ts";
import type { XavierOptions } from "./xavier.ts";

/**
 * Fills with a (semi-)orthogonal matrix times `gain`: the Q of the QR decomposition of normal draws, with signs that
 * make R's diagonal positive. Dimensions after the first count as one.
 *
 * @throws ShapeError `Only tensors with 2 or more dimensions are supported`
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.orthogonal_
 */
export function orthogonal_(tensor: Tensor, given: XavierOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("orthogonal_(tensor, given?)", arguments.length);
  checkTensor("orthogonal_", tensor, "tensor");
  checkOptions("orthogonal_", given, ["gain", "generator"]);
  const { gain = 1, ...options } = given;
  const { shape } = tensor;
  if (shape.length < 2) {
    const rule = "Only tensors with 2 or more dimensions are supported";
    throw new ShapeError(
      "orthogonal_",
      rule,
      `the shape is ${formatShape(shape)}`,
      "Biases start at zero: zeros_(bias).",
    );
  }
  if (tensor.numel() === 0) return tensor;
  const rows = shape[0] as number;
  const columns = tensor.numel() / rows;
  const draws = noGrad(() => scope(() => zeros([rows, columns]).normal_(0, 1, options).toTypedArraySync()));
  const tall = rows >= columns;
  // The vectors to be made orthogonal are the shorter side's: columns of a tall matrix, rows of a wide one.
  const [count, length] = tall ? [columns, rows] : [rows, columns];
  const at = (vector: number, i: number): number => (tall ? i * columns + vector : vector * columns + i);
  const vectors = Array.from({ length: count }, (_, vector) =>
    Float64Array.from({ length }, (_, i) => draws[at(vector, i)] as number),
  );
  orthonormalize(vectors);
  const elements = new Float32Array(rows * columns);
  vectors.forEach((vector, v) => {
    for (let i = 0; i < length; i++) elements[at(v, i)] = gain * Math.fround(vector[i] as number);
  });
  return fillFrom(tensor, elements);
}

/** Gram-Schmidt in place, each projection taken away twice so that rounding does not remain. */
function orthonormalize(vectors: readonly Float64Array[]): void {
  vectors.forEach((vector, v) => {
    for (const basis of [...vectors.slice(0, v), ...vectors.slice(0, v)]) addScaled(vector, basis, -dot(vector, basis));
    const length = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}
