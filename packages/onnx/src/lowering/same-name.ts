import { type BinaryKernel, isKernelName, type UnaryKernel } from "@kindling/core/device";
import { type Lowering, single } from "./lowering.ts";

// Pointwise kernels that ONNX has under the same name, `atan` and `Atan`, and ONNX Runtime computes as PyTorch does. Names for which there
// is no kernel yet do no harm: the kernel is lowered as soon as there is one.

const UNARY = [
  "abs",
  "acos",
  "acosh",
  "asin",
  "asinh",
  "atan",
  "atanh",
  "ceil",
  "cos",
  "cosh",
  "erf",
  "exp",
  "floor",
  "log",
  "neg",
  "reciprocal",
  "round",
  "sin",
  "sinh",
  "sqrt",
  "tan",
] as const;

const BINARY = ["div", "mul", "sub"] as const;

type Unary = Extract<UnaryKernel, (typeof UNARY)[number]>;
type Binary = Extract<BinaryKernel, (typeof BINARY)[number]>;

const elementwise = (name: string): Lowering<Unary> =>
  single<Unary>((graph, { x }) => graph.node(capitalized(name), [x]));

const pairwise = (name: string): Lowering<Binary> =>
  single<Binary>((graph, { a, b }) => graph.node(capitalized(name), [a, b]));

/** A lowering for each of them. */
export const sameName = Object.fromEntries([
  ...UNARY.filter(isKernelName).map((name) => [name, elementwise(name)]),
  ...BINARY.map((name) => [name, pairwise(name)]),
]) as { readonly [K in Unary]: Lowering<K> } & { readonly [K in Binary]: Lowering<K> };

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
