import { isGradEnabled } from "./autograd/grad-mode.ts";
import { isFloat, scalarTypeName, type TypedArray } from "./dtype.ts";
import { AutogradError, DTypeError, ShapeError } from "./errors.ts";
import { Storage } from "./memory.ts";
import { made, moveGraph, moveTo } from "./op.ts";
import { expand, reshape } from "./ops/broadcast.ts";
import { cast } from "./ops/conversion.ts";
import { formatShape, sameShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

// An in-place op computes its result as any op does and then puts it in place of the tensor's content: views that share the
// storage see it, what autograd saved is told by its version.

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
  const root = x.base?.root;
  if (root?.isLeaf === true && root.requiresGrad) {
    throw new AutogradError(
      op,
      "a view of a leaf Variable that requires grad is being used in an in-place operation.",
      "",
      "Wrap it in noGrad(() => ...).",
    );
  }
}

/** The tensor as it is now, with its graph, for the derivative of the op that is about to change it. */
function snapshot(x: Tensor): Tensor {
  const before = x.alias(x.op);
  before.gradFn = x.gradFn;
  return made(before, [x]);
}

function checkResult(op: string, x: Tensor, out: Tensor): void {
  if (!sameShape(out.shape, x.shape)) {
    throw new ShapeError(
      op,
      `output with shape ${formatShape(x.shape)} doesn't match the broadcast shape ${formatShape(out.shape)}`,
      "",
      `An in-place op cannot grow the tensor: use ${op.replace(/_$/, "")}().`,
    );
  }
  if (isFloat(out.dtype) && !isFloat(x.dtype)) {
    throw new DTypeError(
      op,
      `result type Float can't be cast to the desired output type ${scalarTypeName(x.dtype)}`,
      "",
      `Use ${op.replace(/_$/, "")}(), or convert the tensor first.`,
    );
  }
}

/** Replaces the content of `x` with what `compute` makes of it. */
export function inPlace(op: string, x: Tensor, compute: (x: Tensor) => Tensor): Tensor {
  checkMayChange(op, x);
  const before = isGradEnabled() && x.requiresGrad ? snapshot(x) : x;
  const out = compute(before);
  checkResult(op, x, out);
  const result = cast(out, x.dtype);
  x.storage.replace(result.storage);
  if (result.requiresGrad && isGradEnabled()) {
    const { base } = x;
    if (base !== null) {
      base.version = x.storage.version;
      moveGraph(reshape(result, base.root.shape), base.root);
    }
    moveGraph(result, x);
  } else if (result !== x) {
    for (const temporary of new Set([out, result])) if (temporary !== x) temporary.dispose();
  }
  return x;
}

/** Replaces the content of `x` with these elements, row-major and of its dtype. */
export function setElements(op: string, x: Tensor, data: TypedArray): Tensor {
  checkMayChange(op, x);
  const fresh = new Storage(null, { data, offset: 0, length: data.length, steps: null });
  x.storage.replace(fresh);
  if (isGradEnabled() && !x.isLeaf) x.gradFn = null;
  return x;
}

/** Replaces the content of `x` with the elements of `source`, broadcast, converted and moved as needed. */
export function copyInto(x: Tensor, source: Tensor): Tensor {
  source.check("copy_");
  return inPlace("copy_", x, () => expand(moveTo(cast(source, x.dtype), x.device), x.shape));
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
  x.shape = other.shape;
  x.dtype = other.dtype;
  x.device = other.device;
  x.viewCopy = null;
  x.freed = false;
}
