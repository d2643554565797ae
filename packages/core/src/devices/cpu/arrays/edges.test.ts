import { expect, test } from "vitest";
import { type KernelName, traits } from "../../../device/kernels.ts";
import { Tensor, tensor } from "../../../index.ts";

const EDGES = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 0.5, -2.5, 100];

const methods = (Object.keys(traits) as KernelName[]).filter((name) => {
  if (traits[name] !== "pointwise") return false;
  const method: unknown = Object.getOwnPropertyDescriptor(Tensor.prototype, name)?.value;
  return typeof method === "function";
});

// What TensorFlow.js computes in single precision is held against PyTorch; plain arrays must agree with it at the edges too.
test.each(methods)("%s of doubles has the edges of floats", (name) => {
  const [floats, doubles] = [computed(name, "float32"), computed(name, "float64")];
  for (const [i, wanted] of floats.entries()) expect([i, close(doubles[i], wanted)]).toEqual([i, true]);
});

/** Of one operand, or of two where it takes two. */
function computed(name: KernelName, dtype: "float32" | "float64"): unknown[] {
  const [x, y] = [tensor(EDGES, { dtype }), tensor([...EDGES].reverse(), { dtype })];
  const method = x[name as "add"] as (...others: Tensor[]) => Tensor;
  const asked = name === "where" ? [x.gt(0), y] : [y];
  try {
    return method.call(x).toListSync() as unknown[];
  } catch {
    return method.apply(x, asked).toListSync() as unknown[];
  }
}

function close(found: unknown, wanted: unknown): boolean {
  if (Object.is(found, wanted)) return true;
  if (typeof found !== "number" || typeof wanted !== "number") return false;
  // exp(100) is no float.
  if (Math.abs(found) > 3.4e38) return Math.abs(wanted) === Number.POSITIVE_INFINITY && found * wanted > 0;
  return Math.abs(found - wanted) <= 1e-6 * Math.abs(wanted);
}
