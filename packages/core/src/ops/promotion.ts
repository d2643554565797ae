import { castScalar } from "../base/cast.ts";
import { type DType, isFloat, isInteger } from "../base/dtype.ts";
import { dtypeOfScalar, resultType } from "../base/result-type.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { checkOperand } from "../tensor/arguments.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { constant } from "./constant.ts";
import { cast } from "./conversion.ts";

// The dtypes of pointwise ops: what operands meet in, and what kernels compute in.

/** The dtype that two operands of a pointwise op meet in. */
export function meetingType(a: Tensor, b: Tensor | number): DType {
  if (!isTensor(b)) return isFloat(a.dtype) ? a.dtype : resultType([a.dtype], [], [dtypeOfScalar(b)]);
  if (a.dtype === b.dtype) return a.dtype;
  const all = [a, b];
  return resultType(
    all.filter((t) => t.ndim > 0).map((t) => t.dtype),
    all.filter((t) => t.ndim === 0).map((t) => t.dtype),
    [],
  );
}

/** The dtype that kernels compute in: a float, `int64`, or `int32` for narrower integers and bools. */
export function computeType(dtype: DType): DType {
  return isFloat(dtype) || dtype === "int64" ? dtype : "int32";
}

/** Whether an integer dtype is computed with as `int32`, and wraps afterwards. */
export function isNarrow(dtype: DType): boolean {
  return isInteger(dtype) && computeType(dtype) !== dtype;
}

/**
 * The two operands of a pointwise op in the dtype that kernels compute in. A number becomes a constant of the device. Beside bytes, a
 * number or scalar is a byte first, as in PyTorch: no byte is greater than -1, which is 255.
 */
export function operands(op: string, a: Tensor, b: Tensor | number, dtype: DType): [Tensor, Tensor] {
  const compute = computeType(dtype);
  if (!isTensor(b)) return [cast(a, compute), constant(a.device, castNumber(b, dtype), compute, op)];
  if (isNarrow(dtype)) return [cast(cast(a, dtype), compute), cast(cast(b, dtype), compute)];
  return [cast(a, compute), cast(b, compute)];
}

/**
 * The number in the first place of a binary op, as a scalar that promotes as the number does.
 *
 * @throws ArgumentTypeError for what is no number: `mul(): argument 'input' (position 1) must be Tensor, not str`
 */
export function numberAsScalar(op: string, value: unknown, other: unknown): Tensor {
  checkOperand(op, value, "input", 1);
  checkOperand(op, other);
  if (isTensor(value)) return value;
  const beside = isTensor(other) && typeof value === "number";
  const dtype = beside ? meetingType(other, value) : dtypeOfScalar(value);
  return constant(isTensor(other) ? other.device : cpu, Number(value), dtype, op);
}

/** What is beyond `int32` or `int64` stays, for `constant` to refuse. */
function castNumber(value: number, dtype: DType): number {
  return isInteger(dtype) && !isNarrow(dtype) ? value : castScalar(value, dtype);
}
