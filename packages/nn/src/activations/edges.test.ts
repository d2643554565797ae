import { autograd, full, type Tensor, tensor, zeros } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { batchNorm, binaryCrossEntropyWithLogits, elu, gelu, logSigmoid, softplus } from "../functional/index.ts";

// What PyTorch 2.15 gives where the composition of simpler functions has a kink, overflows, or is infinity minus infinity.

type Activation = (x: Tensor) => Tensor;

const INFINITY = Number.POSITIVE_INFINITY;

function derivatives(of: Activation, values: readonly number[]): readonly [first: Tensor, second: Tensor] {
  const x = tensor([...values], { requiresGrad: true });
  const [first] = autograd.grad(of(x).sum(), x, { createGraph: true });
  const [second] = autograd.grad((first as Tensor).sum(), x);
  return [(first as Tensor).detach(), second as Tensor];
}

function close(found: Tensor, wanted: readonly number[]): void {
  const numbers = Array.from(found.toTypedArraySync());
  expect(numbers).toEqual(wanted.map((value) => (Number.isFinite(value) ? expect.closeTo(value, 6) : value)));
}

const losses: Activation = (x) => binaryCrossEntropyWithLogits(x, full(x.shape, 0.3), { reduction: "none" });
const steep: Activation = (x) => elu(x, { alpha: 2 });

describe("at 0, its neighbours and NaN", () => {
  test.each<readonly [string, Activation, number[], number[], number[]]>([
    ["logSigmoid", logSigmoid, [0, 1, -1, 50], [0.5, 0.26894143, 0.73105854, 0], [-0.25, -0.19661194, -0.19661194, 0]],
    [
      "binaryCrossEntropyWithLogits",
      losses,
      [0, 1, -1],
      [0.2, 0.43105859, -0.03105855],
      [0.25, 0.19661194, 0.19661194],
    ],
    ["elu", elu, [0, 1, -1, Number.NaN], [1, 1, 0.36787945, 1], [0, 0, 0.36787945, 0]],
    ["elu, alpha 2", steep, [0, 1, -1], [2, 1, 0.7357589], [0, 0, 0.7357589]],
    ["softplus", softplus, [0, 1, -1, 25], [0.5, 0.7310586, 0.26894143, 1], [0.25, 0.19661194, 0.19661194, 0]],
    ["gelu", gelu, [0, 1, -1], [0.5, 1.0833154, -0.08331543], [0.79788458, 0.24197073, 0.24197073]],
  ])("%s", (_, of, values, first, second) => {
    const found = derivatives(of, values);
    close(found[0], first);
    close(found[1], second);
  });
});

test("logSigmoid of the largest numbers and of infinities, and its slope", () => {
  const x = tensor([INFINITY, -INFINITY, -3e38, 3e38, -100, 15, Number.NaN], { requiresGrad: true });
  const y = logSigmoid(x);
  close(y.detach(), [0, -INFINITY, Math.fround(-3e38), 0, -100, -3.059e-7, Number.NaN]);
  expect(y.toTypedArraySync()[5]).toBeCloseTo(-3.059022617435403e-7, 12);
  y.sum().backward();
  close(x.grad as Tensor, [0, 1, 1, 0, 1, 0, Number.NaN]);
  expect(x.grad?.toTypedArraySync()[5]).toBeCloseTo(3.0590220490012143e-7, 12);
});

test("binaryCrossEntropyWithLogits has gradients up to infinity", () => {
  const x = tensor([INFINITY, -INFINITY, 3e38, -3e38], { requiresGrad: true });
  binaryCrossEntropyWithLogits(x, tensor([1, 0, 1, 0]), { reduction: "sum" }).backward();
  close(x.grad as Tensor, [0, 0, 0, 0]);
});

test.each([
  ["its own statistics", () => batchNorm(zeros([0]), null, null, { training: true })],
  ["statistics of three channels", () => batchNorm(zeros([0]), zeros([3]), full([3], 1))],
])("batchNorm of an empty vector, with %s, is empty", (_, normalized) => {
  expect(normalized().shape).toEqual([0]);
});
