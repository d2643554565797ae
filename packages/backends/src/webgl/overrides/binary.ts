import type { BinaryKernel, KernelOverride, TensorSpec } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { compute } from "../compute.ts";

/** A kernel of two numbers, which broadcast: `body` gives its value of `a` and `b`. */
function binary(body: string): KernelOverride<BinaryKernel> {
  return (device, { a, b }, _attrs, outs) => {
    const { shape } = outs[0] as TensorSpec;
    const code = `
      float valueOf(float a, float b) { ${body} }
      float valueAt(int index) {
        return valueOf(getLeft(${place(a.shape, shape)}), getRight(${place(b.shape, shape)}));
      }`;
    return [compute(device, { inputs: { left: a, right: b }, shape, dtype: a.dtype, code })];
  };
}

/** Where element `index` of a result of the shape `to` comes from, as GLSL. */
function place(from: readonly number[], to: readonly number[]): string {
  if (numel(from) === numel(to)) return "index";
  const terms = from.flatMap((size, dim) => {
    const stride = numel(from.slice(dim + 1));
    const outer = numel(to.slice(to.length - from.length + dim + 1));
    return size === 1 ? [] : [`(index / ${outer} % ${size}) * ${stride}`];
  });
  return terms.join(" + ") || "0";
}

/** The backend takes 1 for what is divided by its like, 0 and infinity included (4.22, RealDiv.js). */
export const div = binary("return a / b;");

/**
 * With the divisor's sign, as Python's. The backend's is NaN for an infinite divisor (4.22, Mod.js); quotients are not exact on GPUs, so
 * that the rest may be one divisor off.
 */
export const remainder = binary(`
  if (isnan(a) || isnan(b) || b == 0.0 || abs(a) == INFINITY) return NAN;
  float size = abs(b);
  float rest = abs(a);
  if (size != INFINITY) {
    rest -= size * floor(rest / size);
    if (rest < 0.0) rest += size;
    if (rest >= size) rest -= size;
  }
  if (a < 0.0) rest = -rest;
  return rest != 0.0 && (rest < 0.0) != (b < 0.0) ? rest + b : rest;`);
