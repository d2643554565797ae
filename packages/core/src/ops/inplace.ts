import { resultType, scalarTypeName, type TypedArray } from "../base/dtype.ts";
import { AutogradError, DTypeError, ShapeError } from "../base/errors.ts";
import { formatShape, sameShape } from "../base/shape.ts";
import type { TensorSpec } from "../device/device.ts";
import { isGradEnabled } from "../graph/grad-mode.ts";
import { defineOp, moveGraph } from "../graph/op.ts";
import { closeFrame, made, openFrame } from "../scope/temporaries.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { expand, reshape } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";

// An in-place op computes its result as any op does and then puts it in place of the tensor's content: views that share the
// storage see it, and the version of the storage shows autograd that what it saved has changed.

function checkMayChange(op: string, x: Tensor): void {
  x.check(op);
  if (x.viewCopy !== null) {
    throw new AutogradError(
      op,
      `the result of ${x.viewCopy.op} cannot be changed in place`,
      "in PyTorch it is a view, and the tensor it was taken from would change; here it is a copy, and that would not",
      "Change a clone(), or build the new tensor with where, cat or maskedFill.",
    );
  }
  if (!isGradEnabled()) return;
  if (x.isLeaf && x.requiresGrad) {
    throw new AutogradError(
      op,
      "a leaf Variable that requires grad is being used in an in-place operation.",
      "",
      "Wrap it in noGrad(() => ...).",
    );
  }
  const base = x.viewOf;
  if (base === null) return;
  if (x.viewVersion < 0 && base.requiresGrad) throw madeInNoGrad(op);
  if (base.isLeaf && base.requiresGrad) {
    throw new AutogradError(
      op,
      "a view of a leaf Variable that requires grad is being used in an in-place operation.",
      "",
      "Wrap it in noGrad(() => ...).",
    );
  }
}

function madeInNoGrad(op: string): AutogradError {
  return new AutogradError(
    op,
    "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both inside the no_grad block (if you don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked).",
    "",
    "Here: noGrad(() => ...).",
  );
}

/** The tensor as it is now, with its graph, for the derivative of the op that is about to change it. */
function snapshot(x: Tensor): Tensor {
  const before = x.fork(x.op);
  before.gradFn = x.gradFn;
  return made(before, [x]);
}

/** Refuses a result that cannot take the place of `x`. */
export function checkResult(op: string, x: Tensor, out: TensorSpec): void {
  if (!sameShape(out.shape, x.shape)) {
    throw new ShapeError(
      op,
      `output with shape ${formatShape(x.shape)} doesn't match the broadcast shape ${formatShape(out.shape)}`,
      "",
      `An in-place op cannot grow the tensor: use ${op.replace(/_$/, "")}().`,
    );
  }
  // A result of a wider category cannot be stored in this tensor (torch.can_cast).
  if (resultType([x.dtype], [], [out.dtype]) !== x.dtype) {
    throw new DTypeError(
      op,
      `result type ${scalarTypeName(out.dtype)} can't be cast to the desired output type ${scalarTypeName(x.dtype)}`,
      "",
      `Use ${op.replace(/_$/, "")}(), or convert the tensor first.`,
    );
  }
}

/** Replaces the content of `x` with what `compute` makes of it. */
export function inPlace(op: string, x: Tensor, compute: (x: Tensor) => Tensor): Tensor {
  checkMayChange(op, x);
  const outer = openFrame();
  let result: Tensor | null = null;
  try {
    // Also where only an operand asks for a gradient: that one's may need what `x` was.
    const before = isGradEnabled() ? snapshot(x) : x;
    const out = compute(before);
    checkResult(op, x, out);
    const value = cast(out, x.dtype);
    // An op without a derivative, such as a comparison, passes on no gradient, not even that of the earlier content.
    const cuts = isGradEnabled() && before.requiresGrad && !value.requiresGrad;
    result = putInPlace(op, x, cuts ? copyOp([before, value], undefined) : value);
  } finally {
    // Where there is a derivative, it needs the intermediate tensors; the result is in `x` now.
    for (const tensor of closeFrame(outer)) {
      if (result !== null && tensor !== result && result.requiresGrad) made(tensor, [x]);
      else tensor.dispose();
    }
  }
  return x;
}

/** Gives `x`, and the tensor that it is a view of, the content and the graph of `result`. */
function putInPlace(op: string, x: Tensor, result: Tensor): Tensor {
  const base = x.viewOf;
  const records = isGradEnabled() && result.requiresGrad;
  if (records && base !== null && x.viewVersion < 0) throw madeInNoGrad(op);
  x.storage.replace(result.storage);
  if (!records) return result;
  if (base !== null) {
    const whole = reshape(result, base.shape);
    moveGraph(whole, base);
    x.viewVersion = x.storage.version;
  }
  moveGraph(result, x);
  return result;
}

/** The second operand in place of the first. */
export const copyOp = defineOp("copy", {
  forward: ([, source]) => source as Tensor,
  backward: (grad) => [zerosOf(grad), grad],
});

const fillOp = defineOp<TypedArray>("fill", {
  forward: ([x], data) => {
    const { shape, dtype, device } = x as Tensor;
    return made(hostTensor("fill", { data, offset: 0, length: data.length, steps: null }, shape, dtype, device));
  },
  backward: (grad) => [zerosOf(grad)],
});

/** Replaces the content of `x` with these elements, row-major and of its dtype. */
export function setElements(op: string, x: Tensor, data: TypedArray): Tensor {
  return inPlace(op, x, (before) => fillOp([before], data));
}

function zerosOf(grad: Tensor): Tensor {
  return expand(constant(grad.device, 0, grad.dtype), grad.shape);
}

/**
 * Takes over the elements, dtype and device of `other`, and stays the same tensor: what `param.data = other` does in
 * PyTorch. Not recorded.
 */
export function setData(x: Tensor, other: Tensor): void {
  other.check("setData");
  const next = other.storage.fork();
  x.storage.release();
  x.storage = next;
  // Whoever frees `x` frees this with it.
  next.memory?.own();
  x.shape = other.shape;
  x.dtype = other.dtype;
  x.device = other.device;
  x.viewCopy = null;
  x.freed = false;
}
