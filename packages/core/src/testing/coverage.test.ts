import { expect, test } from "vitest";
import { grad } from "../autograd/grad.ts";
import { type KernelName, type Trait, traits } from "../device/kernels.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import "../index.ts";
import { isDifferentiable, observingOps, opNames } from "../graph/op.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import samples from "./golden/samples.golden.json" with { type: "json" };
import { callOp, goldenCases, inputsOf, isKnown, sampleCases } from "./golden-cases.ts";
import { manyDimensionalKernels } from "./many-dimensions-laws.ts";
import { RecordingDevice } from "./recording-device.ts";
import { type SmoothCase, smoothCases } from "./smooth-cases.ts";

/** Ops that no golden case can run: why they are left out. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  toDevice: "needs two devices: the transfer laws run it",
};

/** The sums of what is differentiable: something to differentiate. */
function sums(tensors: readonly (Tensor | null)[]): Tensor[] {
  return tensors.flatMap((x) => (x?.requiresGrad === true ? [x.square().sum()] : []));
}

/** A smooth case, its derivative, and the derivative of that. */
function differentiate(each: SmoothCase): void {
  const inputs = each.inputs(cpu, true);
  const asked = inputs.filter((input) => input.requiresGrad);
  const slopes = grad(sums(each.run(inputs, cpu)), asked, { createGraph: true, allowUnused: true });
  grad(sums(slopes), asked, { allowUnused: true });
}

/** The names of the ops that run in `fn`. */
function opsIn(fn: () => void): Set<string> {
  const seen = new Set<string>();
  observingOps(
    (op) => seen.add(op),
    () => scope(fn),
  );
  return seen;
}

const known = opNames().filter((op) => EXCEPTIONS[op] === undefined);

/** The way out for an op that nothing runs. */
const ROWS = "tools/golden/generate.py --only <op> adds PyTorch's answers, see docs/adding-an-op.md";

// A new op is tested, or missed here.
test("every op is run by a golden case", () => {
  const seen = opsIn(() => {
    for (const call of goldenCases) {
      const inputs = inputsOf(call, cpu);
      callOp(
        call,
        inputs.map((input, i) => (i === 0 && call.op.endsWith("_") ? input.clone() : input)),
        cpu,
      );
    }
    smoothCases.forEach(differentiate);
  });
  expect(
    known.filter((op) => !seen.has(op)),
    ROWS,
  ).toEqual([]);
});

test("every op that PyTorch has sample inputs for is run with some of them", () => {
  const elsewhere = samples.elsewhere.map(({ op }) => op);
  const missed = samples.unsampled.map(({ op }) => op).filter((op) => isKnown(op) && !elsewhere.includes(op));
  const form = "where its call has another form, a line in tools/golden/sample_forms.py says how it is written";
  expect(missed, `${ROWS}; ${form}`).toEqual([]);
  expect(new Set(sampleCases.map(({ op }) => op)).size).toBeGreaterThan(90);
});

test("every derivative is held against finite differences", () => {
  const seen = opsIn(() => smoothCases.forEach(differentiate));
  expect(
    known.filter((op) => isDifferentiable(op) && !seen.has(op)),
    ROWS,
  ).toEqual([]);
});

/** Kernels whose operands have few dimensions by their contract: why no call of many dimensions can run them. */
const OF_FEW_DIMENSIONS: Readonly<Partial<Record<Trait, string>>> = {
  fused: "their laws have calls of many dimensions",
  images: "four dimensions",
  pointwise: "found by their trait: pointwise-laws.ts",
};

test("every kernel is run with tensors of many dimensions", () => {
  // Without its fused kernels, which stand in for others.
  class Basic extends RecordingDevice {
    override has(): boolean {
      return false;
    }
  }
  const seen = manyDimensionalKernels(new Basic(cpu, "basic"));
  const missed = Object.entries(traits).filter(
    ([kernel, trait]) => OF_FEW_DIMENSIONS[trait] === undefined && !seen.has(kernel as KernelName),
  );
  expect(missed, "a call in many-dimensions-laws.ts runs it").toEqual([]);
});
