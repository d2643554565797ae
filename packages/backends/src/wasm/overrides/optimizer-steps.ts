import {
  type AdamStepAttributes,
  adamFactors,
  type SGDStepAttributes,
  sgdFactors,
  type TensorSpec,
  type TfjsRunner,
} from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { ADAM_FACTORS, SGD_FACTORS } from "../kernels/optimizer-steps.ts";
import { fused } from "./fused.ts";
import { floats, output } from "./heap.ts";

const FLOAT = 4;
/** Floats that one instruction computes. */
const LANES = 4;
/** Floats of one call. V8 exchanges a kernel's first code for optimized code between calls, never within one. */
const MOST = 16384;

interface SGDInputs {
  readonly parameter: TensorInfo;
  readonly grad: TensorInfo;
  readonly buffer?: TensorInfo;
}

interface AdamInputs {
  readonly parameter: TensorInfo;
  readonly grad: TensorInfo;
  readonly expAvg: TensorInfo;
  readonly expAvgSq: TensorInfo;
  readonly maxExpAvgSq?: TensorInfo;
}

/** SGD's step in one pass over the memory, four floats at a time. */
export function sgdStep(
  device: TfjsRunner,
  inputs: SGDInputs,
  attrs: SGDStepAttributes,
  outs: readonly TensorSpec[],
): TensorInfo[] {
  const kernels = kernelsOf(device);
  const { parameter, grad, buffer } = inputs;
  if (kernels === undefined || numel(parameter.shape) < LANES) return fused.sgdStep(device, inputs, attrs, outs);
  const factors = sgdFactors(attrs);
  const bits = bitsOf(SGD_FACTORS.map((name) => factors[name]));
  const decays = Number(factors.decay !== 0);
  const nesterov = Number(attrs.nesterov);
  return step(device, outs, ([out, outBuffer], address) => {
    const [p, g, b] = [address(parameter), address(grad), address(buffer)];
    const [to, toBuffer] = [address(out), address(outBuffer)];
    return (start, end) => kernels.sgdStep(p, g, b, to, toBuffer, start, end, decays, nesterov, ...bits);
  });
}

/** Adam's step in one pass over the memory, four floats at a time. */
export function adamStep(
  device: TfjsRunner,
  inputs: AdamInputs,
  attrs: AdamStepAttributes,
  outs: readonly TensorSpec[],
): TensorInfo[] {
  const kernels = kernelsOf(device);
  const { parameter, grad, expAvg, expAvgSq, maxExpAvgSq } = inputs;
  if (kernels === undefined || numel(parameter.shape) < LANES) return fused.adamStep(device, inputs, attrs, outs);
  const factors = adamFactors(attrs);
  const bits = bitsOf(ADAM_FACTORS.map((name) => factors[name]));
  const decays = Number(factors.decay !== 0);
  return step(device, outs, ([out, outExpAvg, outExpAvgSq, outMaxExpAvgSq], address) => {
    const [p, g, m, v, most] = [parameter, grad, expAvg, expAvgSq, maxExpAvgSq].map(address) as Five;
    const [to, toM, toV, toMost] = [out, outExpAvg, outExpAvgSq, outMaxExpAvgSq].map(address) as Four;
    return (start, end) => kernels.adamStep(p, g, m, v, most, to, toM, toV, toMost, start, end, decays, ...bits);
  });
}

type Four = [number, number, number, number];
type Five = [number, number, number, number, number];

/** Where a tensor is in memory; 0 for none. */
type Address = (info: TensorInfo | undefined) => number;
/** Computes from one offset in bytes to another. */
type Pass = (start: number, end: number) => void;

/** The bits of numbers as floats. */
function bitsOf(numbers: readonly number[]): Int32Array {
  return new Int32Array(Float32Array.from(numbers).buffer);
}

/** Makes the results of a step. `prepare` is called when all memory is there, as each allocation may move it. */
function step(
  device: TfjsRunner,
  outs: readonly TensorSpec[],
  prepare: (results: readonly TensorInfo[], address: Address) => Pass,
): TensorInfo[] {
  const results = outs.map(({ shape }) => output(device, shape, "float32"));
  const address: Address = (info) => (info === undefined ? 0 : floats(device, info).byteOffset);
  const pass = prepare(results, address);
  const count = numel(outs[0]?.shape ?? []);
  const whole = count - (count % LANES);
  for (let start = 0; start < whole; start += MOST) pass(FLOAT * start, FLOAT * Math.min(start + MOST, whole));
  // The last four floats; those that the full fours have too are computed twice.
  if (whole < count) pass(FLOAT * (count - LANES), FLOAT * count);
  return results;
}
