import { expect, test } from "vitest";
import {
  arange,
  cat,
  conv2d,
  type DType,
  dot,
  functional,
  linear,
  matmul,
  maximum,
  normal,
  pow,
  selectScatter,
  stack,
  type Tensor,
  tensor,
  where,
} from "./index.ts";
import golden from "./mixed-dtypes.golden.json" with { type: "json" };

interface Row {
  readonly call: keyof typeof CALLS;
  readonly of: DType;
  readonly and: DType;
  readonly gives?: DType;
  readonly message?: string;
}

/** 0.1, 0.2, ...; whole numbers, rounded down. */
function of(dtype: DType, ...shape: number[]): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return arange(1, count + 1)
    .mul(0.1)
    .reshape(shape)
    .to(dtype);
}

const mask = tensor([false, true, true]);
const first = tensor([0], { dtype: "int64" });

const CALLS = {
  matmul: (a, b) => matmul(of(a, 2, 3), of(b, 3, 2)),
  dot: (a, b) => dot(of(a, 3), of(b, 3)),
  linear: (a, b) => linear(of(a, 2, 3), of(b, 4, 3)),
  linearBias: (a, b) => linear(of(a, 2, 3), of(a, 4, 3), of(b, 4)),
  conv2d: (a, b) => conv2d(of(a, 1, 1, 3, 3), of(b, 1, 1, 2, 2)),
  conv2dBias: (a, b) => conv2d(of(a, 1, 1, 3, 3), of(a, 1, 1, 2, 2), of(b, 1)),
  layerNorm: (a, b) => functional.layerNorm(of(a, 2, 3), [3], { weight: of(b, 3), bias: of(b, 3) }),
  groupNorm: (a, b) => functional.groupNorm(of(a, 2, 4), 2, { weight: of(b, 4), bias: of(b, 4) }),
  batchNorm: (a, b) =>
    functional.batchNorm(of(a, 2, 3), of(b, 3), of(b, 3), { weight: of(b, 3), bias: of(b, 3), training: true }),
  batchNormEval: (a, b) => functional.batchNorm(of(a, 2, 3), of(b, 3), of(b, 3)),
  where: (a, b) => where(mask, of(a, 3), of(b, 3)),
  cat: (a, b) => cat([of(a, 3), of(b, 3)]),
  stack: (a, b) => stack([of(a, 3), of(b, 3)]),
  maskedFill: (a, b) => of(a, 3).maskedFill(mask, of(b)),
  add_: (a, b) => of(a, 3).add_(of(b, 3)),
  copy_: (a, b) => of(a, 3).copy_(of(b, 3)),
  indexPut: (a, b) => of(a, 3).indexPut([first], of(b, 1)),
  selectScatter: (a, b) => selectScatter(of(a, 2, 3), of(b, 3), 0, 0),
  maximum: (a, b) => maximum(of(a, 3), of(b, 3)),
  pow: (a, b) => pow(of(a, 3), of(b, 3)),
  clamp: (a, b) => of(a, 3).clamp({ min: of(b, 3) }),
  div: (a, b) => of(a, 3).div(of(b, 3)),
  floorDiv: (a, b) => of(a, 3).add(1).div(of(b, 3).add(1), { roundingMode: "floor" }),
  normal: (a, b) => normal(of(a, 3), of(b, 3)),
} satisfies Record<string, (a: DType, b: DType) => Tensor>;

// A layer that normalises says first that it takes no whole numbers, PyTorch's that the parameters are of another dtype.
const SAYS_MORE = /^mixed dtype/;

test.each(golden.rows.map((row) => [row.call, row.of, row.and, row as Row] as const))(
  "%s of %s and %s is PyTorch's",
  (call, a, b, { gives, message }) => {
    const asked = () => CALLS[call as Row["call"]](a as DType, b as DType);
    if (message === undefined) expect(asked().dtype).toBe(gives);
    else if (a === "int64" && SAYS_MORE.test(message)) expect(asked).toThrow("not implemented for 'Long'");
    else expect(asked).toThrow(message);
  },
);
