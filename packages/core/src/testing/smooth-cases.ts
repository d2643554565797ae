import { fromBuffer } from "../api/creation.ts";
import { castArray } from "../base/cast.ts";
import { type DType, isFloat } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { moveTo } from "../graph/op.ts";
import { linear } from "../ops/linear.ts";
import { normalize } from "../ops/normalization.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { fromGolden } from "./golden.ts";
import { callOp, describeCall, type GoldenCase, goldenCases, outputsOf } from "./golden-cases.ts";

/** A differentiable function and where to differentiate it: away from kinks, and where it is finite. */
export interface SmoothCase {
  readonly name: string;
  readonly op: string;
  /** The number of elements that are moved. */
  readonly size: number;
  inputs(device: Device, positive: boolean, dtype?: "float32" | "float64"): Tensor[];
  /** Whether differences in double precision see its slopes: nothing in it asks for single precision, or is so large that they are lost beside it. */
  readonly ofAnyFloats: boolean;
  run(inputs: readonly Tensor[], device: Device): readonly Tensor[];
}

/** As far apart as finite differences need, off the multiples of 1/8 where ops have kinks, and in no order. */
function spread(count: number, input: number, positive: boolean): Float32Array {
  // Steps of 7 or 11 through the grid visit every place where count is not a multiple of them.
  const step = [7, 11, 13].find((prime) => count % prime !== 0) ?? 1;
  return Float32Array.from({ length: count }, (_, i) => {
    const value = 5 / 16 + ((i * step + 3 * input) % count) / 8 + input / 16;
    return !positive && (i + input) % 3 === 1 ? -value : value;
  });
}

/** How far inputs of an op are moved: a remainder has a kink wherever the quotient is whole. */
const MOVED: Readonly<Record<string, readonly number[]>> = { remainder: [0, 5] };

function smoothTensor(
  shape: Shape,
  op: string,
  input: number,
  device: Device,
  positive: boolean,
  dtype: DType,
): Tensor {
  const places = spread(numel(shape), input, positive).map((place) => place + (MOVED[op]?.[input] ?? 0));
  return moveTo(fromBuffer(castArray(places, dtype), shape), device).requiresGrad_();
}

function fromCase(call: GoldenCase): SmoothCase {
  return {
    name: describeCall(call),
    op: call.op,
    size: call.inputs.reduce((sum, { dtype, shape }) => sum + (isFloat(dtype) ? numel(shape) : 0), 0),
    ofAnyFloats: !/float32|\d{7}/.test(JSON.stringify(call.args)),
    inputs: (device, positive, dtype = "float32") =>
      call.inputs.map((input, i) =>
        isFloat(input.dtype)
          ? smoothTensor(input.shape, call.op, i, device, positive, dtype)
          : fromGolden(input, device),
      ),
    run: (inputs, device) =>
      outputsOf(
        callOp(
          call,
          inputs.map((input, i) => (i === 0 && call.op.endsWith("_") ? input.clone() : input)),
          device,
        ),
      ),
  };
}

function withInputs(name: string, shapes: readonly Shape[], run: (...inputs: Tensor[]) => Tensor): SmoothCase {
  return {
    name,
    op: name,
    size: shapes.reduce((sum, shape) => sum + numel(shape), 0),
    ofAnyFloats: true,
    inputs: (device, positive, dtype = "float32") =>
      shapes.map((shape, i) => smoothTensor(shape, name, i, device, positive, dtype)),
    run: (inputs) => [run(...inputs)],
  };
}

/** Functions of core that are none of PyTorch's tensor ops. */
const more: readonly SmoothCase[] = [
  withInputs("linear", [[2, 3], [2, 3], [2]], (x, weight, bias) => linear(x, weight, bias)),
  withInputs("normalize", [[3, 4]], (x) => normalize(x, [1], 0.1)),
  withInputs("normalize over dimensions that are apart", [[2, 2, 3]], (x) => normalize(x, [0, 2], 0.1)),
  withInputs("linear of a vector", [[3], [2, 3]], (x, weight) => linear(x, weight)),
];

/** The differentiable golden calls, at other places: PyTorch's are meant to sit on ties and bounds. */
export const smoothCases: readonly SmoothCase[] = [
  ...goldenCases.filter((call) => call.weight !== undefined).map(fromCase),
  ...more,
].filter(({ size }) => size > 0);

/** The cases of each op with the fewest elements, at most `count`. */
export function smallest(cases: readonly SmoothCase[], count: number): SmoothCase[] {
  return [...cases].sort((a, b) => a.size - b.size).slice(0, count);
}
