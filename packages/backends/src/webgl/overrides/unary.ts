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

/** Near 1 by the series of the inverse hyperbolic tangent: `log(1 + a) = 2 (s + s³/3 + s⁵/5 + ...)` with `s = a / (2 + a)`. */
const LOG = `float logNear1(float a) {
  float s = a / (2.0 + a);
  float q = s * s;
  return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q / 9.0))));
}
float logOf(float a) {
  if (a < 0.0) return NAN;
  if (a == 0.0) return -INFINITY;
  if (abs(a - 1.0) < 0.2) return logNear1(a - 1.0);
  return a == INFINITY ? a : log(a);
}`;

export const log = unary("log", "return logOf(a);", LOG);

export const log1p = unary("log1p", "return abs(a) > 0.3 ? logOf(1.0 + a) : logNear1(a);", LOG);

// The backend's are differences of what is nearly equal near 0 (4.22, Expm1.js, Tanh.js), and an approximation that is 8 % off at 1e-8 (Erf.js).

/** Near 0 by its series: `a + a²/2 + a³/6 + ...`. */
export const expm1 = unary(
  "expm1",
  `if (abs(a) > 0.4) return exp(a) - 1.0;
   return a * (1.0 + a / 2.0 * (1.0 + a / 3.0 * (1.0 + a / 4.0 * (1.0 + a / 5.0 * (1.0 + a / 6.0 * (1.0 + a / 7.0 * (1.0 + a / 8.0)))))));`,
);

/** Near 0 by a polynomial of `a²`, fitted at Chebyshev's nodes: 3e-9 off. */
export const tanh = unary(
  "tanh",
  `float q = a * a;
   if (q < 0.36) return a * (1.0 + q * (-0.33333284 + q * (0.133317047 + q * (-0.0537699218 + q * (0.0207574754 - q * 0.00585642786)))));
   float e = exp(-2.0 * abs(a));
   return sign(a) * (1.0 - e) / (1.0 + e);`,
);

/** Up to 1 by a polynomial of `a²`, and up to 4 by `1 - exp(-a²) q(1 / (1 + a / 2))`, both fitted at Chebyshev's nodes. */
export const erf = unary(
  "erf",
  `float size = abs(a);
   float q = a * a;
   if (size <= 1.0) return a * (1.12837917 + q * (-0.376126269 + q * (0.112835975 + q * (-0.0268543288 + q * (0.00518931194 + q * (-0.000801885499 + q * 7.88249712e-5))))));
   if (size >= 4.0) return sign(a);
   float t = 1.0 / (1.0 + 0.5 * size);
   float p = 0.000606408739 + t * (0.273618153 + t * (0.33084068 + t * (0.101268245 + t * (0.403838363 + t * (-0.0573387353 - t * 0.0535406161)))));
   return sign(a) * (1.0 - exp(-q) * p);`,
);

/** NaN, which the backend keeps (4.22, Step.js), lets a gradient through, as PyTorch's `relu` does. */
export const step: KernelOverride<UnaryKernel> = (device, { x }, _attrs, _outs) => {
  const code = `
    float valueAt(int index) {
      float a = getX(index);
      return isnan(a) || a > 0.0 ? 1.0 : 0.0;
    }`;
  return [compute(device, { inputs: { x }, shape: x.shape, dtype: x.dtype, code })];
};

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
