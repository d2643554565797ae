import { floatOf } from "../base/default-dtype.ts";
import { type DType, isFloat } from "../base/dtype.ts";
import { broadcastShapes, type Shape } from "../base/shape.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { BinaryKernel, UnaryKernel } from "../device/kernels.ts";
import { cloneLazily, defineOp, kernel } from "../graph/op.ts";
import type { Saved } from "../graph/saved-tensors.ts";
import { made } from "../scope/temporaries.ts";
import { withSteps } from "../storage/host-elements.ts";
import type { StepKind } from "../storage/pending.ts";
import { checkOperand, checkTensor, notATensor } from "../tensor/arguments.ts";
import { hostTensor, isTensor, type Tensor } from "../tensor/tensor.ts";
import { sumTo } from "./broadcast.ts";
import { cast } from "./conversion.ts";
import { computeType, meetingType, numberAsScalar, operands } from "./promotion.ts";

// How pointwise ops are defined: kernel, dtype rule and derivative in one row each. The rows are in arithmetic.ts.

export type Binary = (x: Tensor | number, other: Tensor | number) => Tensor;
export type Unary = (x: Tensor) => Tensor;

/** The saved operands of a binary op: `attrs` is the other operand if that is a number. */
export type SavedPair = Saved<number | undefined>;

export interface BinaryRule {
  readonly kernel: BinaryKernel;
  /** The result is a float whatever comes in. */
  readonly float?: boolean;
  /** Whether a number may stand first, as PyTorch's function has it: `mul(2, x)`, and `mul(2, 3)` too. Default: never. */
  readonly numberFirst?: "beside a tensor" | "always";
  /** Whether both are tensors: a number is refused. */
  readonly tensorsOnly?: boolean;
  /** The step that may wait when `x` is bytes and the other operand a number. */
  readonly step?: StepKind;
  /** The gradient of `x`, of the broadcast shape. */
  readonly dx?: (grad: Tensor, saved: SavedPair) => Tensor;
  readonly dy?: (grad: Tensor, saved: SavedPair) => Tensor;
  /** Refuses dtypes that PyTorch refuses. */
  readonly check?: (x: Tensor, other: Tensor | number, dtype: DType) => void;
}

/** The other operand of a binary op, as it was: a number, or the second input. */
export function otherOf(saved: SavedPair): Tensor | number {
  if (saved.attrs === undefined) return saved.input(1);
  saved.checkAlive();
  return saved.attrs;
}

/** A pointwise op of a tensor and another or a number: broadcast, promoted, and with its derivative. */
export function binary(name: string, rule: BinaryRule): Binary {
  const { dx, dy, step } = rule;
  const op = defineOp<number | undefined>(name, {
    forward([x, y], number) {
      const input = x as Tensor;
      const other = y ?? (number as number);
      const met = meetingType(input, other);
      const dtype = rule.float === true ? floatOf(met) : met;
      rule.check?.(input, other, dtype);
      const [a, b] = operands(name, input, other, dtype);
      const shape = broadcastShapes(name, a.shape, b.shape);
      return cast(kernel(rule.kernel, { a, b }, {}, shape, computeType(dtype)), dtype);
    },
    ...(dx !== undefined && {
      backward: (grad: Tensor, saved: SavedPair) => [
        saved.needs[0] ? sumTo(dx(grad, saved), saved.shapes[0] as Shape) : null,
        saved.needs[1] && dy !== undefined ? sumTo(dy(grad, saved), saved.shapes[1] as Shape) : null,
      ],
    }),
  });
  return function (x, other) {
    if (arguments.length > 2) throw surplusArguments(`${name}(x, other)`, arguments.length);
    if (isTensor(other)) {
      if (isTensor(x)) return op([x, other], undefined);
      if (rule.numberFirst === undefined) throw notATensor(name, x);
      return op([numberAsScalar(name, x, other), other], undefined);
    }
    if (rule.numberFirst === "always" && !isTensor(x)) return op([numberAsScalar(name, x, other)], other);
    checkTensor(name, x);
    if (rule.tensorsOnly === true) throw notATensor(name, other, "other", 2);
    checkOperand(name, other);
    const floats = rule.float === true || !Number.isInteger(other) || isFloat(x.dtype);
    const waiting = step !== undefined && floats ? later(x, step, other) : null;
    return waiting ?? op([x], other);
  };
}

/** Bytes with one pointwise step more that waits; null where the step must be computed now. */
function later(x: Tensor, step: StepKind, value: number): Tensor | null {
  if (floatOf(x.dtype) !== "float32") return null;
  const bytes = x.dtype === "uint8" ? cast(x, "float32") : x;
  const { host } = bytes.content();
  if (host === null || host.steps === null || x.device.host === undefined || x.requiresGrad) return null;
  x.check(step);
  const elements = withSteps(host, host.steps.append(step, value));
  return made(hostTensor(step, elements, x.shape, "float32", x.device), [x]);
}

export interface UnaryRule {
  readonly kernel: UnaryKernel;
  /** Integers are converted to floats first. */
  readonly float?: boolean;
  /** `true` counts as the integer 1. */
  readonly countsBools?: boolean;
  /** Integers are left as they are: rounding. */
  readonly keepsIntegers?: boolean;
  readonly check?: (x: Tensor) => void;
  readonly dx?: (grad: Tensor, saved: Saved<undefined>) => Tensor;
}

/** A pointwise op of one tensor. */
export function unary(name: string, rule: UnaryRule): Unary {
  const { dx } = rule;
  const op = defineOp(name, {
    forward([x]) {
      const input = x as Tensor;
      rule.check?.(input);
      if (rule.keepsIntegers === true && !isFloat(input.dtype)) return cloneLazily(input);
      const own = rule.countsBools === true && input.dtype === "bool" ? "int64" : input.dtype;
      const dtype = rule.float === true ? floatOf(own) : own;
      const compute = computeType(dtype);
      return cast(kernel(rule.kernel, { x: cast(input, compute) }, {}, input.shape, compute), dtype);
    },
    ...(dx !== undefined && { backward: (grad: Tensor, saved: Saved<undefined>) => [dx(grad, saved)] }),
  });
  return function (x) {
    if (arguments.length > 1) throw surplusArguments(`${name}(x)`, arguments.length);
    return op([x], undefined);
  };
}
