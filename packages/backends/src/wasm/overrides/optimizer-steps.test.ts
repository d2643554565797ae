import type { AdamStepAttributes, SGDStepAttributes, TensorSpec, TfjsDevice, TfjsRunner } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { wasm } from "../index.ts";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { adamStep, sgdStep } from "./optimizer-steps.ts";

let device: TfjsDevice;
/** The same device, of which no kernels of our own are known. */
let plain: TfjsRunner;

beforeAll(async () => {
  device = (await wasm()) as TfjsDevice;
  plain = Object.create(device) as TfjsRunner;
});

/** Fewer than four, with and without a rest, more than one call. */
const SIZES = [1, 3, 4, 5, 31, 64, 16384 + 6];

function info(count: number, seed: number, isPositive = false): TensorInfo {
  const data = Float32Array.from({ length: count }, (_, i) => Math.sin(1 + i * i * 0.37 + seed));
  data.set([0, -0, 1e-40, Number.NaN, Number.POSITIVE_INFINITY].slice(0, Math.max(0, count - 4)));
  const values = isPositive ? data.map(Math.abs) : data;
  return { dataId: device.backend.write(values, [count], "float32"), shape: [count], dtype: "float32" };
}

/** The results of the kernel, and of the loops in JavaScript. */
function both(count: number, results: number, run: (on: TfjsRunner, outs: readonly TensorSpec[]) => TensorInfo[]) {
  const outs: TensorSpec[] = Array.from({ length: results }, () => ({ shape: [count], dtype: "float32" }));
  return [device, plain].map((on) =>
    run(on, outs).map((result) => {
      const data = Float32Array.from(device.backend.readSync(result.dataId) as Float32Array);
      device.release(result);
      return data;
    }),
  );
}

const SGD: SGDStepAttributes = {
  lr: 0.1,
  momentum: 0,
  dampening: 0,
  weightDecay: 0,
  nesterov: false,
  maximize: false,
};
const ADAM: AdamStepAttributes = {
  lr: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  step: 3,
  weightDecay: 0,
  decoupledWeightDecay: false,
  maximize: false,
};

test("the kernels are there", () => {
  expect([kernelsOf(device) === undefined, kernelsOf(plain) === undefined]).toEqual([false, true]);
});

describe.each(SIZES)("of %i elements, the same bits as the loops", (count) => {
  test.each<[string, Partial<SGDStepAttributes>, boolean?]>([
    ["SGD", {}],
    ["SGD that climbs, with decay", { maximize: true, weightDecay: 0.3 }],
    ["SGD's first step with momentum", { momentum: 0.9, dampening: 0.2 }],
    ["SGD with momentum", { momentum: 0.9, dampening: 0.2 }, true],
    ["SGD's first step with Nesterov's momentum", { momentum: 0.9, nesterov: true }],
    ["SGD with Nesterov's momentum and decay", { momentum: 0.9, nesterov: true, weightDecay: 0.01 }, true],
  ])("%s", (_, attrs, hasBuffer = false) => {
    const [parameter, grad, buffer] = [info(count, 1), info(count, 2), info(count, 3)];
    const inputs = { parameter, grad, ...(hasBuffer && { buffer }) };
    const results = attrs.momentum === undefined ? 1 : 2;
    const [found, wanted] = both(count, results, (on, outs) => sgdStep(on, inputs, { ...SGD, ...attrs }, outs));
    expect(found).toEqual(wanted);
    expect(found).toHaveLength(results);
    for (const input of [parameter, grad, buffer]) device.release(input);
  });

  test.each<[string, Partial<AdamStepAttributes>, boolean?]>([
    ["Adam", {}],
    ["Adam that climbs, with decay", { maximize: true, weightDecay: 0.3 }],
    ["AdamW", { weightDecay: 0.3, decoupledWeightDecay: true }],
    ["AMSGrad", { step: 1 }, true],
  ])("%s", (_, attrs, isAMSGrad = false) => {
    const [parameter, grad, expAvg] = [info(count, 1), info(count, 2), info(count, 3)];
    const [expAvgSq, maxExpAvgSq] = [info(count, 4, true), info(count, 5, true)];
    const inputs = { parameter, grad, expAvg, expAvgSq, ...(isAMSGrad && { maxExpAvgSq }) };
    const results = isAMSGrad ? 4 : 3;
    const [found, wanted] = both(count, results, (on, outs) => adamStep(on, inputs, { ...ADAM, ...attrs }, outs));
    expect(found).toEqual(wanted);
    expect(found).toHaveLength(results);
    for (const input of [parameter, grad, expAvg, expAvgSq, maxExpAvgSq]) device.release(input);
  });
});
