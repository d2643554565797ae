import type { KernelOverride, UnaryKernel } from "@kindling/core/device";
import { compute } from "../compute.ts";

/** A kernel of one float: `body` gives its value of `a`, which is no NaN. */
function unary(name: UnaryKernel, body: string, helper = ""): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "float32") return device.runNative(name, { x }, attrs, outs);
    const code = `
      ${helper}
      float valueOf(float a) { ${body} }
      float valueAt(int index) {
        float a = getX(index);
        return isnan(a) ? a : valueOf(a);
      }`;
    return [compute(device, { inputs: { x }, shape: x.shape, dtype: "float32", code })];
  };
}

/** The backend multiplies by 0 what is negative (4.22, Relu.js): minus infinity becomes NaN. */
export const relu = unary("relu", "return a < 0.0 ? 0.0 : a;");

// GLSL leaves open what log makes of 0, and how wrong sin and cos are beyond 2^-11; the backend takes what comes, and its log1p loses the
// digits of small numbers (4.22, Log.js, Log1p.js, Sin.js, Cos.js).

const LOG = `float logOf(float a) {
  if (a < 0.0) return NAN;
  if (a == 0.0) return -INFINITY;
  return a == INFINITY ? a : log(a);
}`;

export const log = unary("log", "return logOf(a);", LOG);

/** Near 0 by the series of the inverse hyperbolic tangent: `log(1 + a) = 2 (s + s³/3 + s⁵/5 + ...)` with `s = a / (2 + a)`. */
export const log1p = unary(
  "log1p",
  `if (abs(a) > 0.3) return logOf(1.0 + a);
   float s = a / (2.0 + a);
   float q = s * s;
   return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q / 9.0))));`,
  LOG,
);

/**
 * Sine and cosine within an eighth of a turn of 0, by their series after taking off quarter turns in three parts (Cody and Waite): some
 * 1e-7 off up to angles of 10,000.
 */
const TURNS = `float waveOf(float a, int shift) {
  if (abs(a) == INFINITY) return NAN;
  float quarters = floor(a * 0.63661977236 + 0.5);
  float r = ((a - quarters * 1.5703125) - quarters * 4.8375129699707031e-4) - quarters * 7.54978995489e-8;
  float q = r * r;
  float sine = r * (1.0 + q * (-1.6666666e-1 + q * (8.333331e-3 + q * (-1.98409e-4 + q * 2.7526e-6))));
  float cosine = 1.0 + q * (-0.5 + q * (4.1666668e-2 + q * (-1.388889e-3 + q * (2.4801e-5 - q * 2.7e-7))));
  int turn = (int(quarters) + shift) & 3;
  float value = (turn & 1) == 1 ? cosine : sine;
  return turn > 1 ? -value : value;
}`;

export const sin = unary("sin", "return waveOf(a, 0);", TURNS);
export const cos = unary("cos", "return waveOf(a, 1);", TURNS);
