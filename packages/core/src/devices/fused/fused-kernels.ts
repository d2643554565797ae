import type { TypedArray } from "../../base/dtype.ts";
import { numel, type Shape } from "../../base/shape.ts";
import type { TensorInfo } from "../tfjs/handle.ts";
import type { KernelOverrides } from "../tfjs/overrides.ts";
import type { TfjsRunner } from "../tfjs/runner.ts";
import { gatherInto, scatterAddInto } from "./indexing.ts";
import { type Around, logSoftmaxGradInto, logSoftmaxInto } from "./log-softmax.ts";
import { normalizeGradInto, normalizeInto } from "./normalize.ts";
import { type AdamArrays, adamStepInto, sgdStepInto } from "./optimizer-steps.ts";

/** How JavaScript reaches the elements of a backend that keeps them in memory of the processor. */
export interface BackendArrays {
  /** The elements of a tensor; valid until the next `output`. */
  elements(device: TfjsRunner, info: TensorInfo): TypedArray;
  /** Memory for a result, not initialised. */
  output(device: TfjsRunner, shape: Shape, dtype: TensorInfo["dtype"]): TensorInfo;
}

/** The sizes before `dim`, of it, and after it. */
function around(shape: Shape, dim: number): Around {
  return [numel(shape.slice(0, dim)), shape[dim] as number, numel(shape.slice(dim + 1))];
}

/** The fused kernels in JavaScript, each one pass over the elements. */
export function fusedKernels({ elements, output }: BackendArrays) {
  const floats = (device: TfjsRunner, info: TensorInfo): Float32Array => elements(device, info) as Float32Array;
  const like = (device: TfjsRunner, info: TensorInfo): TensorInfo => output(device, info.shape, info.dtype);

  return {
    gather(device, { x, index }, { dim }) {
      const out = output(device, index.shape, x.dtype);
      gatherInto(elements(device, x), x.shape, elements(device, index), index.shape, dim, elements(device, out));
      return [out];
    },
    scatterAdd(device, { updates, index }, { dim }, outs) {
      const shape = outs[0]?.shape as Shape;
      const out = output(device, shape, updates.dtype);
      const sums = elements(device, out).fill(0);
      scatterAddInto(elements(device, updates), elements(device, index), index.shape, dim, sums, shape);
      return [out];
    },
    logSoftmax(device, { x }, { dim }) {
      const out = like(device, x);
      logSoftmaxInto(floats(device, x), around(x.shape, dim), floats(device, out));
      return [out];
    },
    logSoftmaxBackward(device, { grad, output }, { dim }) {
      const out = like(device, grad);
      logSoftmaxGradInto(floats(device, grad), floats(device, output), around(grad.shape, dim), floats(device, out));
      return [out];
    },
    normalize(device, { x }, { dims, eps }, outs) {
      const results = outs.map(({ shape }) => output(device, shape, x.dtype));
      const [normal, mean, variance] = results.map((info) => floats(device, info)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      normalizeInto(floats(device, x), x.shape, dims, eps, normal, mean, variance);
      return results;
    },
    normalizeBackward(device, { grad, output, variance }, { dims, eps }) {
      const out = like(device, grad);
      const [given, normal, scale] = [grad, output, variance].map((info) => floats(device, info)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      normalizeGradInto(given, normal, scale, grad.shape, dims, eps, floats(device, out));
      return [out];
    },
    sgdStep(device, { parameter, grad, buffer }, attrs, outs) {
      const results = outs.map(() => like(device, parameter));
      const [out, outBuffer] = results as [TensorInfo, TensorInfo | undefined];
      sgdStepInto(
        floats(device, parameter),
        floats(device, grad),
        buffer === undefined ? null : floats(device, buffer),
        attrs,
        floats(device, out),
        outBuffer === undefined ? null : floats(device, outBuffer),
      );
      return results;
    },
    adamStep(device, { parameter, grad, expAvg, expAvgSq, maxExpAvgSq }, attrs, outs) {
      const results = outs.map(() => like(device, parameter));
      const arrays = (infos: readonly (TensorInfo | undefined)[]): AdamArrays => {
        const [p, m, v, most] = infos.map((info) => (info === undefined ? null : floats(device, info)));
        return {
          parameter: p as Float32Array,
          expAvg: m as Float32Array,
          expAvgSq: v as Float32Array,
          maxExpAvgSq: most ?? null,
        };
      };
      adamStepInto(arrays([parameter, expAvg, expAvgSq, maxExpAvgSq]), floats(device, grad), attrs, arrays(results));
      return results;
    },
  } as const satisfies KernelOverrides;
}
