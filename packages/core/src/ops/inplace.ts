import { scalarTypeName, type TypedArray } from "../base/dtype.ts";
import { AutogradError, DeviceError, DTypeError, ShapeError } from "../base/errors.ts";
import { resultType } from "../base/result-type.ts";
import { formatShape, sameShape } from "../base/shape.ts";
import type { TensorSpec } from "../device/device.ts";
import { isGradEnabled } from "../graph/grad-mode.ts";
import { defineOp, moveGraph } from "../graph/op.ts";
import { closeFrame, made, openFrame } from "../scope/temporaries.ts";
import { overlapsPartly } from "../storage/layout.ts";
import { hostTensor, isTensor, type Tensor } from "../tensor/tensor.ts";
import { expand } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";
import {
  checkOrigin,
  layoutOfTensor,
  overwrite,
  repeatsElements,
  sharesMemory,
  snapshotOf,
  writeRecorded,
} from "./views.ts";

// An in-place op computes its result as any op does and then puts it in place of the tensor's content: views that share the
// storage see it, and the version of the storage shows autograd that what it saved has changed.

function checkMayChange(op: string, x: Tensor, operands: readonly unknown[]): void {
  x.check(op);
  if (!isGradEnabled()) return;
  if (x.requiresGrad || operands.some((operand) => isTensor(operand) && operand.requiresGrad)) checkOrigin(op, x);
  if (!x.requiresGrad) return;
  if (x.viewOf?.base.isLeaf === true) throw leafChanges(op, "a view of a leaf Variable");
  // As in PyTorch, what was recorded counts: a view counts as a leaf though its base has come to need a gradient since.
  if (x.recordedBy === null) throw leafChanges(op, "a leaf Variable");
}

function leafChanges(op: string, which: string): AutogradError {
  const rule = `${which} that requires grad is being used in an in-place operation.`;
  return new AutogradError(op, rule, "", "Wrap it in noGrad(() => ...).");
}

/** Refuses a tensor of which one element stands at several places. */
function checkPlaces(op: string, x: Tensor): void {
  if (!repeatsElements(x)) return;
  throw new AutogradError(
    op,
    "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.",
    "it was expanded",
    "Here: x.clone(), or change what was expanded.",
  );
}

/** Refuses an operand that shares some of the elements that change, unless it is the very same view. */
function checkOverlap(op: string, x: Tensor, operand: Tensor): void {
  if (!sharesMemory(x, operand) || !overlapsPartly(layoutOfTensor(x), layoutOfTensor(operand))) return;
  throw new AutogradError(
    op,
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation.",
    "",
    "Here: clone() the operand.",
  );
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

/** Refuses to put what a recording device computed into a tensor that it has taken over: that is a constant there. */
function checkTaken(op: string, x: Tensor, out: Tensor): void {
  if (out.device === x.device || out.device.takesOthers !== true) return;
  const rule = `a tensor of the ${x.device.name} device is changed in place by what the ${out.device.name} device computes`;
  throw new DeviceError(
    op,
    rule,
    "",
    `It is a constant there: use ${op.replace(/_$/, "")}(), or make it a buffer of the module.`,
  );
}

interface InPlaceOptions {
  /** Whether the same element may be written at several places: it is the same number. */
  readonly repeats?: boolean;
  /** What else is read, the tensors among it: none may share a part of what changes. */
  readonly operands?: readonly unknown[];
}

/** Replaces the content of `x` with what `compute` makes of it. */
export function inPlace(op: string, x: Tensor, compute: (x: Tensor) => Tensor, options: InPlaceOptions = {}): Tensor {
  const { operands = [] } = options;
  checkMayChange(op, x, operands);
  if (options.repeats !== true) checkPlaces(op, x);
  for (const operand of operands) if (isTensor(operand)) checkOverlap(op, x, operand);
  const outer = openFrame();
  let result: Tensor | null = null;
  try {
    // Also where only an operand asks for a gradient: that one's may need what `x` was.
    const before = isGradEnabled() ? snapshotOf(x, x.gradFn) : x;
    const out = compute(before);
    checkResult(op, x, out);
    checkTaken(op, x, out);
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

/** Gives `x` the content and the graph of `result`. */
function putInPlace(op: string, x: Tensor, result: Tensor): Tensor {
  if (!isGradEnabled() || !result.requiresGrad) {
    overwrite(x, result);
  } else if (x.viewOf === null) {
    overwrite(x, result);
    moveGraph(result, x);
  } else {
    checkOrigin(op, x);
    writeRecorded(x, result);
  }
  return result;
}

/** The second operand in place of the first. */
export const copyOp = defineOp("copy", {
  forward: ([, source]) => source as Tensor,
  backward: (grad) => [zerosOf(grad), grad],
  gradName: () => "CopyBackwards",
});

interface Filling {
  readonly op: string;
  readonly data: TypedArray;
}

const fillOp = defineOp<Filling>("fill", {
  forward: ([x], { data }) => {
    const { shape, dtype, device } = x as Tensor;
    return made(hostTensor("fill", { data, offset: 0, length: data.length, steps: null }, shape, dtype, device));
  },
  backward: (grad) => [zerosOf(grad)],
  gradName: ({ op }) => `${op[0]?.toUpperCase()}${op.slice(1, -1)}Backward0`,
});

/** Replaces the content of `x` with these elements, row-major and of its dtype. */
export function setElements(op: string, x: Tensor, data: TypedArray, options?: InPlaceOptions): Tensor {
  return inPlace(op, x, (before) => fillOp([before], { op, data }), options);
}

function zerosOf(grad: Tensor): Tensor {
  return expand(constant(grad.device, 0, grad.dtype), grad.shape);
}
