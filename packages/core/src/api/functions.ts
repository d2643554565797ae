// Every function of these files is a method too, `add(x, y)` and `x.add(y)`: what they export is public.

export * from "../ops/arithmetic.ts";
export * from "../ops/clamp.ts";
export * from "../ops/comparison.ts";
export * from "../ops/copying.ts";
export * from "../ops/extremes.ts";
export * from "../ops/indexing.ts";
export * from "../ops/matmul.ts";
export * from "../ops/movement.ts";
export * from "../ops/reduction.ts";
export * from "../ops/slicing.ts";
export * from "../ops/softmax.ts";
export * from "../ops/sorting.ts";
export * from "../ops/sum.ts";
export * from "../ops/view-scatter.ts";
