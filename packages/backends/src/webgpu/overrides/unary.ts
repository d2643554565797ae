import type { KernelOverride, UnaryKernel } from "@kindling/core/device";
import { compute } from "../compute.ts";

/** A float kernel as WGSL: `body` gives the value of `a`, which is not NaN; NaN stays what it is. */
function unary(name: UnaryKernel, body: string, before = ""): KernelOverride<UnaryKernel> {
  return (device, { x }, attrs, outs) => {
    if (x.dtype !== "float32") return device.runNative(name, { x }, attrs, outs);
    const code = `
      ${before}
      fn valueOf(a : f32) -> f32 { ${body} }
      fn main(index : i32) {
        if (index >= uniforms.threads) { return; }
        let a = x[index];
        if (isnan(a)) { result[index] = a; } else { result[index] = valueOf(a); }
      }`;
    return [compute(device, { inputs: { x }, shape: x.shape, dtype: "float32", uniforms: {}, code })];
  };
}

// WGSL leaves open what exp and log make of NaN and of infinities, and how wrong sin and cos are beyond 2^-11; the backend takes what
// comes (4.22, unary_op_util.js), and its expm1 and log1p lose the digits of small numbers.

export const exp = unary("exp", "return exp(a);");

/** Near 0 by its series: `a + a²/2 + a³/6 + ...`. */
export const expm1 = unary(
  "expm1",
  `if (abs(a) > 0.4) { return exp(a) - 1.0; }
   return a * (1.0 + a / 2.0 * (1.0 + a / 3.0 * (1.0 + a / 4.0 * (1.0 + a / 5.0 * (1.0 + a / 6.0 * (1.0 + a / 7.0 * (1.0 + a / 8.0)))))));`,
);

/** Near 1 by the series of the inverse hyperbolic tangent: `log(1 + a) = 2 (s + s³/3 + s⁵/5 + ...)` with `s = a / (2 + a)`. */
const LOG = `fn logNear1(a : f32) -> f32 {
  let s = a / (2.0 + a);
  let q = s * s;
  return 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q / 9.0))));
}
fn logOf(a : f32) -> f32 {
  if (a < 0.0) { return uniforms.NAN; }
  if (a == 0.0) { return -uniforms.INFINITY; }
  if (a == uniforms.INFINITY) { return a; }
  if (abs(a - 1.0) < 0.2) { return logNear1(a - 1.0); }
  return log(a);
}`;

export const log = unary("log", "return logOf(a);", LOG);

export const log1p = unary("log1p", "if (abs(a) > 0.3) { return logOf(1.0 + a); } return logNear1(a);", LOG);

// WGSL leaves tanh 2^-11 off, and the backend's approximation of erf is 8 % off at 1e-8 (4.22, unary_op_util.js).

/** Near 0 by a polynomial of `a²`, fitted at Chebyshev's nodes: 3e-9 off. */
export const tanh = unary(
  "tanh",
  `let q = a * a;
   if (q < 0.36) { return a * (1.0 + q * (-0.33333284 + q * (0.133317047 + q * (-0.0537699218 + q * (0.0207574754 - q * 0.00585642786))))); }
   let e = exp(-2.0 * abs(a));
   return sign(a) * (1.0 - e) / (1.0 + e);`,
);

/** Up to 1 by a polynomial of `a²`, and up to 4 by `1 - exp(-a²) q(1 / (1 + a / 2))`, both fitted at Chebyshev's nodes. */
export const erf = unary(
  "erf",
  `let size = abs(a);
   let q = a * a;
   if (size <= 1.0) { return a * (1.12837917 + q * (-0.376126269 + q * (0.112835975 + q * (-0.0268543288 + q * (0.00518931194 + q * (-0.000801885499 + q * 7.88249712e-5)))))); }
   if (size >= 4.0) { return sign(a); }
   let t = 1.0 / (1.0 + 0.5 * size);
   let p = 0.000606408739 + t * (0.273618153 + t * (0.33084068 + t * (0.101268245 + t * (0.403838363 + t * (-0.0573387353 - t * 0.0535406161)))));
   return sign(a) * (1.0 - exp(-q) * p);`,
);

/** NaN, which the backend keeps, lets a gradient through, as PyTorch's `relu` does. */
export const step: KernelOverride<UnaryKernel> = (device, { x }, attrs, outs) => {
  if (x.dtype !== "float32") return device.runNative("step", { x }, attrs, outs);
  const code = `
    fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      let a = x[index];
      if (isnan(a)) { result[index] = 1.0; } else { result[index] = select(0.0, 1.0, a > 0.0); }
    }`;
  return [compute(device, { inputs: { x }, shape: x.shape, dtype: "float32", uniforms: {}, code })];
};

export const sigmoid = unary("sigmoid", "return 1.0 / (1.0 + exp(-a));");

/**
 * Sine and cosine within a quarter turn of 0, by their series after taking off quarter turns in three parts (Cody and Waite): some 1e-7 off
 * up to angles of 10,000.
 */
const TURNS = `fn waveOf(a : f32, shift : i32) -> f32 {
  if (abs(a) == uniforms.INFINITY) { return uniforms.NAN; }
  let quarters = round(a * 0.63661977236);
  let r = ((a - quarters * 1.5703125) - quarters * 4.8375129699707031e-4) - quarters * 7.54978995489e-8;
  let q = r * r;
  let sine = r * (1.0 + q * (-1.6666666e-1 + q * (8.333331e-3 + q * (-1.98409e-4 + q * 2.7526e-6))));
  let cosine = 1.0 + q * (-0.5 + q * (4.1666668e-2 + q * (-1.388889e-3 + q * (2.4801e-5 - q * 2.7e-7))));
  let turn = (i32(quarters) + shift) & 3;
  let value = select(sine, cosine, (turn & 1) == 1);
  return select(value, -value, turn > 1);
}`;

export const sin = unary("sin", "return waveOf(a, 0);", TURNS);
export const cos = unary("cos", "return waveOf(a, 1);", TURNS);
