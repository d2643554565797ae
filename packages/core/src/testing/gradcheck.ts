import { fromBuffer } from "../api/creation.ts";
import { grad } from "../autograd/grad.ts";
import { castArray } from "../base/cast.ts";
import { allocate, isFloat, type TypedArray } from "../base/dtype.ts";
import { KindlingError } from "../base/errors.ts";
import { numel } from "../base/shape.ts";
import { enableGrad, noGrad } from "../graph/grad-mode.ts";
import { moveTo } from "../graph/op.ts";
import { scope } from "../scope/scope.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";

/** What is differentiated: a function of tensors. */
export type Differentiable = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

export interface GradcheckOptions {
  /**
   * How far an element is moved to both sides, once and twice. Default: PyTorch's 1e-6 for `float64`; 1/64 in single precision, where its
   * rounding and the curvature of ordinary functions both stay below the tolerance. Kinks must be farther away than twice this.
   */
  readonly eps?: number;
  /** Default: PyTorch's 1e-5 for `float64`; 1e-3 in single precision, and as much of the largest slope. */
  readonly atol?: number;
  /** Default: 1e-3. */
  readonly rtol?: number;
}

/** A derivative that is not what finite differences give. */
export class GradcheckError extends KindlingError {
  override readonly name = "GradcheckError";
}

/**
 * Holds the derivative of `fn` against finite differences: `Σ wᵢ fᵢ` with uneven weights is differentiated by autograd, and by moving
 * each element of each input that requires a gradient (five points, summed up in double precision).
 *
 * @throws GradcheckError naming the input, the element and both slopes.
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html
 */
export async function gradcheck(
  fn: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): Promise<true> {
  return agreesWith(await slopesByDifferences(fn, inputs, options.eps), fn, inputs, options);
}

/** The slopes of the weighted sum in the elements of each input, by finite differences; null for an input that asks for none. */
export type Slopes = readonly (readonly number[] | null)[];

/** What `gradcheck` holds derivatives against. Of the same function, it is the same on every device. */
export async function slopesByDifferences(
  fn: Differentiable,
  inputs: readonly Tensor[],
  eps = inDoubles(inputs) ? 1e-6 : 1 / 64,
): Promise<Slopes> {
  const values = await Promise.all(inputs.map((input) => input.toTypedArray()));
  return Promise.all(
    inputs.map((input, index) =>
      isDifferentiated(input) ? differences(fn, inputs, values[index] as TypedArray, index, eps) : null,
    ),
  );
}

/** Holds the derivative of `fn` against slopes that were measured before, here or on another device. */
export async function agreesWith(
  measured: Slopes,
  fn: Differentiable,
  inputs: readonly Tensor[],
  { atol = inDoubles(inputs) ? 1e-5 : 1e-3, rtol = 1e-3 }: GradcheckOptions = {},
): Promise<true> {
  const found = await autogradSlopes(fn, inputs);
  for (const [index, slopes] of found.entries()) {
    const wanted = measured[index];
    if (slopes === null || wanted === null || wanted === undefined) continue;
    const largest = inDoubles(inputs) ? 1 : wanted.reduce((most, slope) => Math.max(most, Math.abs(slope)), 1);
    wanted.forEach((slope, i) => {
      const error = Math.abs(slope - (slopes[i] as number));
      if (error <= atol * largest + rtol * Math.abs(slope)) return;
      throw new GradcheckError(
        "gradcheck",
        `the derivative with respect to input ${index} is not what finite differences give`,
        `element ${i}: ${slopes[i]} by autograd, ${slope} by differences`,
        "Look at the backward of the ops in this function. If it has a kink within 2 eps, move the inputs away from that.",
      );
    });
  }
  return true;
}

/**
 * Holds the derivative of the derivative of `fn` against finite differences.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradgradcheck.html
 */
export async function gradgradcheck(
  fn: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): Promise<true> {
  const slopes = slopesOf(fn, inputs);
  return gradcheck(slopes.fn, slopes.inputs, options);
}

/** The derivative of `fn` as a function of its inputs and of the weights of its outputs. */
export function slopesOf(
  fn: Differentiable,
  inputs: readonly Tensor[],
): { readonly fn: Differentiable; readonly inputs: readonly Tensor[] } {
  const [first] = inputs as [Tensor];
  const outputs = scope(() => floatsOf(noGrad(() => fn(...inputs))).map(({ shape, dtype }) => ({ shape, dtype })));
  const weights = outputs.map((out, i) => unevenWeights({ ...out, device: first.device }, i + 1).requiresGrad_());
  const wanted = inputs.map((input) => input.requiresGrad);
  const slopes: Differentiable = (...all) => {
    const leaves = all.slice(0, inputs.length);
    const results = floatsOf(fn(...leaves));
    const used = results
      .map((out, i) => ({ out, weight: all[inputs.length + i] as Tensor }))
      .filter(({ out }) => out.requiresGrad);
    const found = grad(
      used.map(({ out }) => out),
      leaves.filter((_, i) => wanted[i]),
      { gradOutputs: used.map(({ weight }) => weight), createGraph: true, allowUnused: true },
    );
    return found.filter((slope) => slope !== null);
  };
  return { fn: slopes, inputs: [...inputs, ...weights] };
}

/** Whether all that is moved is in double precision. */
function inDoubles(inputs: readonly Tensor[]): boolean {
  return inputs.filter(isDifferentiated).every(({ dtype }) => dtype === "float64");
}

function isDifferentiated({ requiresGrad, dtype }: Tensor): boolean {
  return requiresGrad && isFloat(dtype);
}

/** The slopes of the weighted sum as autograd gives them; null for an input that asks for none. */
async function autogradSlopes(fn: Differentiable, inputs: readonly Tensor[]): Promise<(TypedArray | null)[]> {
  const wanted = inputs.map(isDifferentiated);
  const slopes = scope(() =>
    enableGrad(() => {
      const leaves = inputs.map((input, i) =>
        input
          .detach()
          .clone()
          .requiresGrad_(wanted[i] === true),
      );
      const outputs = floatsOf(fn(...leaves))
        .map((out, i) => ({ out, weights: unevenWeights(out, i) }))
        .filter(({ out }) => out.requiresGrad);
      const asked = leaves.filter((_, i) => wanted[i]);
      if (outputs.length === 0) return asked.map(() => null);
      const gradOutputs = outputs.map(({ weights }) => weights);
      return grad(
        outputs.map(({ out }) => out),
        asked,
        { gradOutputs, allowUnused: true },
      );
    }),
  );
  const read = await Promise.all(slopes.map((slope) => slope?.toTypedArray()));
  for (const slope of slopes) slope?.dispose();
  return inputs.map((input, i) => {
    if (!wanted[i]) return null;
    const at = wanted.slice(0, i).filter(Boolean).length;
    return read[at] ?? allocate(input.dtype, input.numel());
  });
}

/** The slopes of the weighted sum in the elements of one input: `(8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12 h`. */
async function differences(
  fn: Differentiable,
  inputs: readonly Tensor[],
  values: TypedArray,
  index: number,
  eps: number,
): Promise<number[]> {
  const { shape, dtype, device } = inputs[index] as Tensor;
  const at = async (element: number, distance: number): Promise<number> => {
    const moved = values.slice();
    moved[element] = (values[element] as number) + distance;
    const outputs = scope(() => {
      const leaves = inputs.map((input, i) =>
        i === index ? moveTo(fromBuffer(moved, shape, { dtype }), device) : input.detach().clone(),
      );
      // In double differentiation `fn` itself differentiates: its inputs ask for it.
      for (const [i, leaf] of leaves.entries()) leaf.requiresGrad_(inputs[i]?.requiresGrad === true);
      return floatsOf(fn(...leaves)).map((out) => out.detach().clone());
    });
    const read = await Promise.all(outputs.map((out) => out.toTypedArray()));
    for (const out of outputs) out.dispose();
    return read.reduce((sum, data, i) => sum + weighted(data, i), 0);
  };
  // All of them are under way before the first is waited for: a device that computes later is read in one go.
  return Promise.all(
    Array.from(values, async (_, element) => {
      const distances = [eps, -eps, 2 * eps, -2 * eps];
      const [up, down, farUp, farDown] = await Promise.all(distances.map((distance) => at(element, distance)));
      return (8 * ((up as number) - (down as number)) - ((farUp as number) - (farDown as number))) / (12 * eps);
    }),
  );
}

function floatsOf(result: Tensor | readonly Tensor[]): Tensor[] {
  const list = isTensor(result) ? [result] : [...result];
  return list.filter((out) => isFloat(out.dtype));
}

/** Weights that no symmetry of a function cancels out. */
function weight(element: number, output: number): number {
  return Math.fround(Math.sin(1 + 2 * element + 5 * output) + 1.5);
}

function unevenWeights({ shape, dtype, device }: Pick<Tensor, "shape" | "dtype" | "device">, output: number): Tensor {
  const data = castArray(
    Array.from({ length: numel(shape) }, (_, i) => weight(i, output)),
    dtype,
  );
  return moveTo(fromBuffer(data, shape, { dtype }), device);
}

function weighted(data: ArrayLike<number>, output: number): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i] as number) * weight(i, output);
  return sum;
}
