import { allocate, type DType, scalarTypeName } from "../base/dtype.ts";
import { ShapeError } from "../base/errors.ts";
import { formatShape, inferShape, numel, reducedShape, type Shape, sameShape } from "../base/shape.ts";
import { cloneLazily, defineOp, kernel } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { checkList, checkTensor } from "../tensor/arguments.ts";
import { hostTensor, Tensor } from "../tensor/tensor.ts";
import { constant } from "./constant.ts";

// The parts of broadcasting: `sum` and `expand` are each other's derivative, `reshape` stands between them.

const reshapeOp = defineOp<Shape>("reshape", {
  forward: ([x], shape) => sharing(x as Tensor, shape),
  backward: (grad, { shapes: [shape] }) => [reshape(grad, shape as Shape)],
  gradName: () => "ViewBackward0",
  isView: true,
});

/** A tensor of another shape over the same storage. */
function sharing(x: Tensor, shape: Shape): Tensor {
  return made(new Tensor("view", shape, x.dtype, x.device, x.storage.retain()), [x]);
}

/** The shape that is asked for, with its -1 worked out. */
export function targetShape(x: Tensor, shape: Shape): Shape {
  checkTensor("reshape", x);
  checkList("reshape", shape, { name: "shape", position: 2, wayOut: "Sizes are one array: [2, -1]." });
  for (let i = 0; i < shape.length; i++) {
    if ((shape[i] as number) < 0) return inferShape("reshape", shape, x.numel());
  }
  if (!Number.isInteger(numel(shape)) || numel(shape) !== x.numel()) inferShape("reshape", shape, x.numel());
  return shape;
}

/** The same elements, row-major, in another shape; one size may be -1. Shares the storage with `x`; that of a program is a view of `x` too. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const target = targetShape(x, shape);
  // Without gradients no op is needed.
  if (x.requiresGrad) return reshapeOp([x], target);
  x.check("view");
  return sharing(x, target);
}

const expandOp = defineOp<Shape>("expand", {
  forward([x], shape) {
    const input = x as Tensor;
    const aligned = alignedShape(input.shape, shape.length);
    const reps = shape.map((size, i) => (aligned[i] === size ? 1 : size));
    if (input.numel() === 0 || numel(shape) === 0) {
      return made(hostTensor("expand", emptyElements(input.dtype), shape, input.dtype, input.device));
    }
    return kernel("tile", { x: reshape(input, aligned) }, { repeats: reps }, shape, input.dtype);
  },
  backward: (grad, { shapes: [shape] }) => [sumTo(grad, shape as Shape)],
});

function emptyElements(dtype: DType) {
  return { data: allocate(dtype, 0), offset: 0, length: 0, steps: null };
}

function alignedShape(shape: Shape, ndim: number): number[] {
  return [...new Array<number>(ndim - shape.length).fill(1), ...shape];
}

/** `x` repeated along dimensions of size 1, and along new ones in front: a copy, or `x` itself. That of a program is a view. */
export function expand(x: Tensor, shape: Shape): Tensor {
  const target = expandedShape(x, shape);
  return sameShape(x.shape, target) ? x : expandOp([x], target);
}

/** The shape that `expand` is asked for; -1 leaves a size as it is. */
export function expandedShape(x: Tensor, shape: Shape): Shape {
  checkTensor("expand", x);
  checkList("expand", shape, { name: "size", position: 2, wayOut: "Sizes are one array: [2, -1]." });
  const offset = shape.length - x.ndim;
  const target = shape.map((size, i) => (size === -1 && i >= offset ? (x.shape[i - offset] as number) : size));
  const wrong = target.findLastIndex(
    (size, i) => size < 0 || (i >= offset && x.shape[i - offset] !== size && x.shape[i - offset] !== 1),
  );
  if (offset < 0 || wrong >= 0) {
    throw new ShapeError(
      "expand",
      offset < 0
        ? `expand(torch.${scalarTypeName(x.dtype)}Tensor{${formatShape(x.shape)}}, size=${formatShape(shape)}): the number of sizes provided (${shape.length}) must be greater or equal to the number of dimensions in the tensor (${x.ndim})`
        : wrong < offset
          ? `The expanded size of the tensor (${target[wrong]}) isn't allowed in a leading, non-existing dimension ${wrong}`
          : `The expanded size of the tensor (${target[wrong]}) must match the existing size (${x.shape[wrong - offset]}) at non-singleton dimension ${wrong}.  Target sizes: ${formatShape(shape)}.  Tensor sizes: ${formatShape(x.shape)}`,
      "",
      "Only dimensions of size 1 can be repeated; unsqueeze to make them.",
    );
  }
  return target;
}

interface SumAttrs {
  readonly dims: readonly number[];
  readonly keepdim: boolean;
}

/** The sum over dimensions; of nothing, 0. */
export const sumOp = defineOp<SumAttrs>("sum", {
  forward([x], { dims, keepdim }) {
    const input = x as Tensor;
    const shape = reducedShape(input.shape, dims, keepdim);
    if (input.numel() === 0) return expand(constant(input.device, 0, input.dtype), shape);
    if (dims.every((dim) => input.shape[dim] === 1)) return cloneLazily(input, shape);
    return kernel("sum", { x: input }, { dims, keepdim }, shape, input.dtype);
  },
  backward: (grad, { shapes, attrs: { dims } }) => {
    const shape = shapes[0] as Shape;
    return [expand(reshape(grad, reducedShape(shape, dims, true)), shape)];
  },
});

/** The gradient of an input that was broadcast: summed over what was repeated. */
export function sumTo(grad: Tensor, shape: Shape): Tensor {
  if (sameShape(grad.shape, shape)) return grad;
  const offset = grad.ndim - shape.length;
  const dims: number[] = [];
  for (let i = 0; i < grad.ndim; i++) {
    if (i < offset || (shape[i - offset] === 1 && grad.shape[i] !== 1)) dims.push(i);
  }
  return reshape(dims.length === 0 ? grad : sumOp([grad], { dims, keepdim: false }), shape);
}

/** A reduced tensor with its dimensions back, size 1 each: broadcasts against what it was reduced from. */
export function withDims(x: Tensor, shape: Shape, dims: readonly number[]): Tensor {
  return reshape(x, reducedShape(shape, dims, true));
}
