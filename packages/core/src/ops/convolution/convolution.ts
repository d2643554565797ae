import { floatOf } from "../../base/default-dtype.ts";
import { promote } from "../../base/result-type.ts";
import { numel, type Shape, sameShape } from "../../base/shape.ts";
import type { EachInput } from "../../device/kernels.ts";
import type { Pair } from "../../devices/images/attributes.ts";
import { defineOp, kernel, type Op } from "../../graph/op.ts";
import type { Saved } from "../../graph/saved-tensors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { expand } from "../broadcast.ts";
import { constant } from "../constant.ts";
import { cast } from "../conversion.ts";
import { pad } from "../pad.ts";

// A convolution is linear in the image and in the weight: of `convolve` and its two derivatives each is made of the other two, so that
// derivatives of any order are there.

/** How a convolution walks over an image. */
export interface ConvolutionAttrs {
  readonly stride: Pair;
  /** Zeros on both sides. */
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
}

/** The same, with the shape of what is differentiated. */
interface DerivativeAttrs extends ConvolutionAttrs {
  readonly shape: Shape;
}

/** Size of the result along one dimension: `floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1`. */
export function convolvedSize(size: number, kernelSize: number, attrs: ConvolutionAttrs, dim: 0 | 1): number {
  const { stride, padding, dilation } = attrs;
  return Math.floor((size + 2 * padding[dim] - dilation[dim] * (kernelSize - 1) - 1) / stride[dim]) + 1;
}

function convolvedShape(x: Shape, weight: Shape, attrs: ConvolutionAttrs): Shape {
  const [n, , h, w] = x as readonly [number, number, number, number];
  const [out, , kh, kw] = weight as readonly [number, number, number, number];
  return [n, out, convolvedSize(h, kh, attrs, 0), convolvedSize(w, kw, attrs, 1)];
}

/** Runs one of the three kernels in floats; zeros where there is nothing to add up. */
function run<K extends "conv2d" | "conv2dInput" | "conv2dWeight">(
  name: K,
  operands: readonly Tensor[],
  pair: (a: Tensor, b: Tensor) => EachInput<K, Tensor>,
  { stride, padding, dilation, groups }: ConvolutionAttrs,
  shape: Shape,
): Tensor {
  const [a, b] = operands as readonly [Tensor, Tensor];
  const dtype = promote(a.dtype, b.dtype);
  if (a.numel() === 0 || b.numel() === 0 || numel(shape) === 0) return expand(constant(a.device, 0, dtype), shape);
  const attrs = { stride, padding, dilation, groups };
  const compute = floatOf(dtype);
  return cast(kernel(name, pair(cast(a, compute), cast(b, compute)), attrs, shape, compute), dtype);
}

/** The image's and the weight's gradient of something that is linear in both. */
function both(
  saved: Saved<ConvolutionAttrs>,
  image: () => Tensor,
  weight: () => Tensor,
): readonly [Tensor | null, Tensor | null] {
  const [first, second] = saved.needs;
  return [first ? image() : null, second ? weight() : null];
}

/** `y = x * w`. Shapes: x `[N, C, H, W]`, w `[O, C / groups, kh, kw]`, y `[N, O, H', W']`. */
export const convolve: Op<ConvolutionAttrs> = defineOp<ConvolutionAttrs>("convolution", {
  forward(operands, attrs) {
    const [image, filter] = operands as readonly [Tensor, Tensor];
    const shape = convolvedShape(image.shape, filter.shape, attrs);
    return run("conv2d", operands, (x, weight) => ({ x, weight }), attrs, shape);
  },
  backward(grad, saved) {
    const [x, weight] = saved.shapes as [Shape, Shape];
    return both(
      saved,
      () => convolveTransposed([grad, saved.input(1)], { ...saved.attrs, shape: x }),
      () => correlate([saved.input(0), grad], { ...saved.attrs, shape: weight }),
    );
  },
});

/** The image's gradient, and what a transposed convolution computes. Shapes: y `[N, O, H', W']`, w `[O, C / groups, kh, kw]`. */
export const convolveTransposed: Op<DerivativeAttrs> = defineOp<DerivativeAttrs>("convolutionTransposed", {
  forward: (operands, attrs) => run("conv2dInput", operands, (grad, weight) => ({ grad, weight }), attrs, attrs.shape),
  backward(grad, saved) {
    const [y, weight] = saved.shapes as [Shape, Shape];
    // With `outputPadding` the kernel may fit into the image at more places than `y` has: what it gives there counts for nothing.
    const places = convolvedShape(grad.shape, weight, saved.attrs);
    return both(
      saved,
      () => resized(convolve([grad, saved.input(1)], saved.attrs), y),
      () => correlate([grad, resized(saved.input(0), places)], { ...saved.attrs, shape: weight }),
    );
  },
});

/** Rows and columns cut off, or zeros added, at the far sides. */
function resized(image: Tensor, shape: Shape): Tensor {
  if (sameShape(image.shape, shape)) return image;
  const [height, width] = [2, 3].map((dim) => (shape[dim] as number) - (image.shape[dim] as number));
  return pad(image, [0, width as number, 0, height as number]);
}

/** The weight's gradient. Shapes: x `[N, C, H, W]`, y `[N, O, H', W']`. */
const correlate: Op<DerivativeAttrs> = defineOp<DerivativeAttrs>("convolutionWeight", {
  forward: (operands, attrs) => run("conv2dWeight", operands, (x, grad) => ({ x, grad }), attrs, attrs.shape),
  backward(grad, saved) {
    const x = saved.shapes[0] as Shape;
    return both(
      saved,
      () => convolveTransposed([saved.input(1), grad], { ...saved.attrs, shape: x }),
      () => convolve([saved.input(0), grad], saved.attrs),
    );
  },
});
