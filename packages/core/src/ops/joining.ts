import { ShapeError, ValueError } from "../base/errors.ts";
import { promote } from "../base/result-type.ts";
import { formatShape, normalizeDim, type Shape, sameShape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import { defineOp, kernel, onOneDevice } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { arrayLike, type HostContent, type HostElements, partsOf } from "../storage/host-elements.ts";
import { checkTensorList } from "../tensor/arguments.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import { unsqueeze } from "./reordering.ts";
import { sliceOp } from "./slice.ts";

const catOp = defineOp<number>("cat", {
  forward(inputs, dim) {
    const used = inputs.filter((x) => !isNothing(x.shape));
    const [first = inputs[0] as Tensor] = used;
    const total = used.reduce((sum, x) => sum + (x.shape[dim] as number), 0);
    const shape = first.shape.map((size, i) => (i === dim ? total : size));
    const parts = used.filter((x) => x.numel() > 0);
    // All of them are empty.
    if (parts.length === 0) return reshape(first, shape);
    return kernel("cat", parts, { dim }, shape, first.dtype);
  },
  backward(grad, { shapes, attrs: dim }) {
    let start = 0;
    return shapes.map((shape) => {
      if (isNothing(shape)) return expand(constant(grad.device, 0, grad.dtype), shape);
      const begin = shape.map((_, i) => (i === dim ? start : 0));
      start += shape[dim] as number;
      return sliceOp([grad], { begin, size: shape });
    });
  },
});

/** PyTorch skips empty vectors, whatever the others' shape. */
function isNothing(shape: Shape): boolean {
  return shape.length === 1 && shape[0] === 0;
}

/**
 * Tensors one after the other along `dim`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.cat.html
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  if (arguments.length > 2) throw surplusArguments("cat(tensors, dim?)", arguments.length);
  checkTensorList("cat", tensors);
  if (tensors.length === 0) {
    throw new ValueError("cat", "torch.cat(): expected a non-empty list of Tensors", "", "Give at least one tensor.");
  }
  const first = tensors.find((x) => !isNothing(x.shape)) ?? (tensors[0] as Tensor);
  const at = first.ndim === 0 ? 0 : normalizeDim("cat", dim, first.ndim);
  for (const [position, x] of tensors.entries()) checkPart(first, x, at, position);
  onOneDevice("cat", tensors);
  const dtype = tensors.map((x) => x.dtype).reduce(promote, first.dtype);
  return catOp(
    tensors.map((x) => cast(x, dtype)),
    at,
  );
}

function checkPart(first: Tensor, x: Tensor, dim: number, position: number): void {
  if (x.ndim === 0) {
    const rule = `zero-dimensional tensor (at position ${position}) cannot be concatenated`;
    throw new ShapeError("cat", rule, "", "Use stack().");
  }
  if (isNothing(x.shape)) return;
  if (x.ndim !== first.ndim) {
    throw new ShapeError("cat", `Tensors must have same number of dimensions: got ${first.ndim} and ${x.ndim}`);
  }
  const wrong = x.shape.findIndex((size, i) => i !== dim && size !== first.shape[i]);
  if (wrong < 0) return;
  throw new ShapeError(
    "cat",
    `Sizes of tensors must match except in dimension ${dim}. Expected size ${first.shape[wrong]} but got size ${x.shape[wrong]} for tensor number ${position} in the list.`,
  );
}

/**
 * Tensors of one shape along a new dimension `dim`. Neighbouring pieces of one cpu tensor are put together again without
 * copying.
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  if (arguments.length > 2) throw surplusArguments("stack(tensors, dim?)", arguments.length);
  checkTensorList("stack", tensors);
  const [first] = tensors;
  if (first === undefined) {
    throw new ValueError("stack", "stack expects a non-empty TensorList", "", "Give at least one tensor.");
  }
  const { shape } = first;
  for (let i = 1; i < tensors.length; i++) {
    const other = tensors[i] as Tensor;
    if (sameShape(other.shape, shape)) continue;
    throw new ShapeError(
      "stack",
      `stack expects each tensor to be equal size, but got ${formatShape(shape)} at entry 0 and ${formatShape(other.shape)} at entry ${i}`,
      "",
      "Bring samples to one size first: Resize, CenterCrop, pad.",
    );
  }
  const at = normalizeDim("stack", dim, first.ndim + 1);
  const host = at === 0 ? stackOnHost(tensors) : null;
  if (host !== null) return host;
  return cat(
    tensors.map((x) => unsqueeze(x, at)),
    at,
  );
}

/** Samples in ordinary memory, with the same steps waiting: joined there, and the steps go on waiting. */
function stackOnHost(tensors: readonly Tensor[]): Tensor | null {
  const first = tensors[0] as Tensor;
  if (first.device.host === undefined) return null;
  first.check("stack");
  const start = first.hostElements();
  if (start === null) return null;
  const { data, offset, length, steps } = start;
  const starts = new Float64Array(tensors.length);
  let [neighbours, oneArray] = [true, true];
  for (let i = 0; i < tensors.length; i++) {
    const x = tensors[i] as Tensor;
    if (x.device !== first.device || x.dtype !== first.dtype || x.requiresGrad) return null;
    x.check("stack");
    const host = x.hostElements();
    if (host === null || host.steps !== steps) return null;
    if (host.data !== data) oneArray = false;
    if (host.offset !== offset + i * length) neighbours = false;
    starts[i] = host.offset;
  }
  const shape = [tensors.length, ...first.shape];
  const total = length * tensors.length;
  const stacked = (elements: HostContent): Tensor =>
    made(hostTensor("stack", elements, shape, first.dtype, first.device), tensors);
  if (oneArray && neighbours) return stacked({ data, offset, length: total, steps });
  if (oneArray) return stacked(partsOf(start, starts, length));
  const joined = arrayLike(data, total);
  tensors.forEach((x, i) => {
    const host = x.hostElements() as HostElements;
    joined.set(host.data.subarray(host.offset, host.offset + length), i * length);
  });
  return stacked({ data: joined, offset: 0, length: total, steps });
}
