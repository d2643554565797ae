import { expect, test } from "vitest";
import { fromBuffer } from "../api/creation.ts";
import { numel, type Shape } from "../base/shape.ts";
import type { Device, TensorSpec } from "../device/device.ts";
import type { AttributesOf, EachInput, EachResult, FusedKernel } from "../device/kernels.ts";
import { type Fused, withFallbacks } from "../graph/fused.ts";
import { moveTo } from "../graph/op.ts";
import { logSoftmaxBackwardKernel, logSoftmaxKernel } from "../ops/log-softmax.ts";
import { normalizeBackwardKernel, normalizeKernel } from "../ops/normalization.ts";
import { adamStep, sgdStep } from "../ops/optimizer-steps.ts";
import { gatherKernel, scatterAddKernel } from "../ops/picking.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The elements of an operand. */
interface Elements {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array | Uint8Array;
}

interface Call<K extends FusedKernel> {
  readonly inputs: EachInput<K, Elements>;
  readonly attrs: AttributesOf<K>;
  /** The input that each result has the shape and dtype of, or its shape, of floats. */
  readonly outs: readonly (string | Shape)[];
}

interface Law<K extends FusedKernel> {
  readonly run: Fused<K>;
  readonly calls: readonly Call<K>[];
  /** How far results may be from the fallback's, relative to 1 or to the number; 0 for the same bits. */
  readonly tolerance: number;
}

/** Whole numbers and quarters between -6 and 6: sums of them are exact in whatever order. */
function quarters(shape: Shape, seed = 1): Elements {
  return { shape, data: Float32Array.from({ length: numel(shape) }, (_, i) => (((i + seed) * 7919) % 49) / 4 - 6) };
}

/** The same, none of them negative. */
function positive(shape: Shape, seed: number): Elements {
  return { shape, data: quarters(shape, seed).data.map(Math.abs) };
}

function filled(shape: Shape, data: readonly number[]): Elements {
  return { shape, data: Float32Array.from(data) };
}

/** Indices below `size`, each of them several times. */
function indices(shape: Shape, size: number): Elements {
  return { shape, data: Int32Array.from({ length: numel(shape) }, (_, i) => (i * 5 + (i >> 2)) % size) };
}

const GATHERED: readonly (readonly [shape: Shape, index: Shape, dim: number])[] = [
  [[5], [7], 0],
  [[4, 3], [2, 3], 0],
  [[4, 3], [4, 5], 1],
  [[3, 4, 5], [2, 1, 3], 1],
  [[3, 4, 5], [3, 2, 5], 2],
  [[2, 3, 2, 2, 3, 2, 2], [1, 3, 2, 4, 3, 1, 2], 3],
];

const ROWS: readonly (readonly [shape: Shape, dim: number])[] = [
  [[5], 0],
  [[1, 1], 1],
  [[6, 10], 1],
  [[2, 5, 7], 1],
  [[3, 21, 4, 9], 1],
  [[2, 2, 3, 2, 2, 3], 0],
];

const NORMALIZED: readonly (readonly [shape: Shape, dims: readonly number[]])[] = [
  [[7], [0]],
  [[5, 6], [1]],
  [[5, 6], [0]],
  [
    [4, 3, 5, 2],
    [0, 2, 3],
  ],
  [
    [2, 3, 4, 5],
    [2, 3],
  ],
  [
    [2, 3, 2, 2, 3, 2],
    [1, 3, 5],
  ],
];

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const SGD = { lr: 0.1, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, maximize: false };
const ADAM = {
  lr: 0.1,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  weightDecay: 0,
  maximize: false,
  decoupledWeightDecay: false,
};
const shape: Shape = [3, 1, 11];
const stepped = { parameter: quarters(shape, 1), grad: quarters(shape, 2) };
const averages = { ...stepped, expAvg: quarters(shape, 3), expAvgSq: positive(shape, 4) };

/** Every fused kernel: one that is missing does not compile. */
const LAWS: { readonly [K in FusedKernel]: Law<K> } = {
  gather: {
    run: gatherKernel,
    tolerance: 0,
    calls: GATHERED.flatMap(([shape, index, dim]) =>
      [quarters(shape), indices(shape, 100), { shape, data: Uint8Array.from(indices(shape, 200).data) }].map((x) => ({
        inputs: { x, index: indices(index, shape[dim] as number) },
        attrs: { dim },
        outs: [index],
      })),
    ),
  },
  scatterAdd: {
    run: scatterAddKernel,
    tolerance: 0,
    calls: GATHERED.map(([shape, index, dim]) => ({
      inputs: { updates: quarters(index), index: indices(index, shape[dim] as number) },
      attrs: { dim },
      outs: [shape],
    })),
  },
  logSoftmax: {
    run: logSoftmaxKernel,
    tolerance: 2e-6,
    calls: [
      ...ROWS.map(([shape, dim]) => ({ inputs: { x: quarters(shape) }, attrs: { dim }, outs: ["x"] })),
      { inputs: { x: filled([2, 2], [1000, 1001, -1000, -1001]) }, attrs: { dim: 1 }, outs: ["x"] },
      { inputs: { x: filled([4, 2], [nan, 1, inf, 1, -inf, 1, -inf, -inf]) }, attrs: { dim: 1 }, outs: ["x"] },
    ],
  },
  logSoftmaxBackward: {
    run: logSoftmaxBackwardKernel,
    tolerance: 4e-6,
    calls: ROWS.map(([shape, dim]) => ({
      inputs: { grad: quarters(shape, 2), output: { shape, data: quarters(shape).data.map((value) => value - 6) } },
      attrs: { dim },
      outs: ["grad"],
    })),
  },
  normalize: {
    run: normalizeKernel,
    tolerance: 4e-6,
    calls: NORMALIZED.map(([shape, dims]) => {
      const kept = shape.map((size, dim) => (dims.includes(dim) ? 1 : size));
      return { inputs: { x: quarters(shape) }, attrs: { dims, eps: 1e-5 }, outs: ["x", kept, kept] };
    }),
  },
  normalizeBackward: {
    run: normalizeBackwardKernel,
    tolerance: 4e-6,
    calls: NORMALIZED.map(([shape, dims]) => ({
      inputs: {
        grad: quarters(shape, 2),
        output: quarters(shape),
        variance: positive(
          shape.map((size, dim) => (dims.includes(dim) ? 1 : size)),
          3,
        ),
      },
      attrs: { dims, eps: 0.5 },
      outs: ["grad"],
    })),
  },
  sgdStep: {
    run: sgdStep,
    tolerance: 0,
    calls: [
      { inputs: stepped, attrs: SGD, outs: ["parameter"] },
      { inputs: stepped, attrs: { ...SGD, weightDecay: 0.01, maximize: true }, outs: ["parameter"] },
      { inputs: stepped, attrs: { ...SGD, momentum: 0.9, dampening: 0.3 }, outs: ["parameter", "parameter"] },
      ...[false, true].map((nesterov) => ({
        inputs: { ...stepped, buffer: quarters(shape, 3) },
        attrs: { ...SGD, momentum: 0.9, dampening: nesterov ? 0 : 0.3, weightDecay: 0.01, nesterov },
        outs: ["parameter", "parameter"],
      })),
    ],
  },
  adamStep: {
    run: adamStep,
    tolerance: 0,
    calls: [
      { inputs: averages, attrs: { ...ADAM, step: 1 }, outs: ["parameter", "expAvg", "expAvgSq"] },
      {
        inputs: averages,
        attrs: { ...ADAM, step: 3, weightDecay: 0.01, maximize: true },
        outs: ["parameter", "expAvg", "expAvgSq"],
      },
      {
        inputs: { ...averages, maxExpAvgSq: positive(shape, 5) },
        attrs: { ...ADAM, step: 1000, weightDecay: 0.01, decoupledWeightDecay: true },
        outs: ["parameter", "expAvg", "expAvgSq", "parameter"],
      },
    ],
  },
};

/** What a device computes itself of the kernels with a fallback is what the fallback computes there. */
export function fusedLaws(device: () => Device): void {
  test.each(Object.keys(LAWS) as FusedKernel[])("%s is what its fallback computes", async (kernel) => {
    for (const [i, [ours, fallback]] of (await bothWays(kernel, device())).entries()) {
      const { tolerance } = LAWS[kernel];
      expect(ours.length, `call ${i}`).toBe(fallback.length);
      ours.forEach((values, n) => {
        const wanted = fallback[n] as ArrayLike<number>;
        const wrong = Array.from(values).findIndex((value, at) => !isNear(value, wanted[at] as number, tolerance));
        expect(wrong, `call ${i}, result ${n}: ${values[wrong]} instead of ${wanted[wrong]}`).toBe(-1);
      });
    }
  });
}

function isNear(value: number, wanted: number, tolerance: number): boolean {
  if (Object.is(value, wanted) || value === wanted) return true;
  return Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
}

type Results = readonly ArrayLike<number>[];

/** The results of each call: the device's own kernel's, where it has one, and the fallback's. */
async function bothWays<K extends FusedKernel>(kernel: K, device: Device): Promise<(readonly [Results, Results])[]> {
  const law: Law<K> = LAWS[kernel];
  const out: (readonly [Results, Results])[] = [];
  for (const call of law.calls) {
    const compute = (): Promise<Results> => computed(law.run, call, device);
    out.push([await compute(), await withFallbacks(compute)]);
  }
  return out;
}

/** What `run` makes of a call; all its kernels are asked for before this returns. */
function computed<K extends FusedKernel>(
  run: Fused<K>,
  { inputs, attrs, outs }: Call<K>,
  device: Device,
): Promise<Results> {
  return scope(() => {
    const given: Readonly<Record<string, Elements | undefined>> = inputs;
    const tensors: Record<string, Tensor> = {};
    for (const [name, elements] of Object.entries(given)) {
      if (elements !== undefined) tensors[name] = moveTo(fromBuffer(elements.data, elements.shape), device);
    }
    const { dtype } = Object.values(tensors)[0] as Tensor;
    const specs = outs.map(
      (out): TensorSpec => (typeof out === "string" ? (tensors[out] as Tensor) : { shape: out, dtype }),
    );
    const results: readonly (Tensor | undefined)[] = run(
      tensors as EachInput<K, Tensor>,
      attrs,
      specs as EachResult<K, TensorSpec>,
    );
    return Promise.all(results.flatMap((result) => (result === undefined ? [] : [result.toTypedArray()])));
  });
}
