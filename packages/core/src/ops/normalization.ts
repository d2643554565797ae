import { isFloat } from "../base/dtype.ts";
import type { Shape } from "../base/shape.ts";
import { defineFused } from "../graph/fused.ts";
import { isGradEnabled } from "../graph/grad-mode.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add, mul, rsqrt, square, sub } from "./arithmetic.ts";
import { mean } from "./reduction.ts";

/** Over which dimensions elements are normalised, and what is added to the variance. */
interface Normalization {
  readonly dims: readonly number[];
  readonly eps: number;
  /** Sees the statistics while they are there. */
  readonly observe?: ((mean: Tensor, variance: Tensor) => void) | undefined;
}

const keepdim = { keepdim: true };

function composed(x: Tensor, { dims, eps }: Normalization): readonly [Tensor, Tensor, Tensor] {
  const average = mean(x, dims, keepdim);
  const centred = sub(x, average);
  const variance = mean(square(centred), dims, keepdim);
  return [mul(centred, rsqrt(add(variance, eps))), average, variance];
}

function composedBackward(grad: Tensor, output: Tensor, variance: Tensor, { dims, eps }: Normalization): Tensor {
  const shared = add(mean(grad, dims, keepdim), mul(output, mean(mul(grad, output), dims, keepdim)));
  return mul(sub(grad, shared), rsqrt(add(variance, eps)));
}

/** The kernel of {@link normalize}. */
export const normalizeKernel = defineFused("normalize", ({ x }, attrs) => composed(x, attrs));

/** The kernel of its gradient. */
export const normalizeBackwardKernel = defineFused("normalizeBackward", ({ grad, output, variance }, attrs) => [
  composedBackward(grad, output, variance, attrs),
]);

const normalizeOp = defineOp<Normalization>("normalize", {
  forward([input], normalization) {
    const x = input as Tensor;
    const { dims, eps, observe } = normalization;
    const shape: Shape = x.shape.map((size, dim) => (dims.includes(dim) ? 1 : size));
    const one = { shape, dtype: x.dtype };
    // `mean` refuses dtypes that have none.
    const isPlain = x.numel() === 0 || !isFloat(x.dtype);
    const [output, average, variance] = isPlain
      ? composed(x, normalization)
      : normalizeKernel({ x }, { dims, eps }, [x, one, one]);
    observe?.(average, variance);
    return { output, saved: [variance] };
  },
  backward(grad, saved) {
    const { attrs, output } = saved;
    const { dims, eps } = attrs;
    if (isGradEnabled()) {
      // A second derivative needs to know how the statistics depend on the input.
      const [normal, , variance] = composed(saved.input(0), attrs);
      return [composedBackward(grad, normal, variance, attrs)];
    }
    if (grad.numel() === 0) return [mul(grad, 1)];
    const variance = saved.extra(0);
    return [normalizeBackwardKernel({ grad, output, variance }, { dims, eps }, [grad])[0]];
  },
});

/**
 * `(x - mean) / sqrt(var + eps)` over `dims`, the variance divided by the count: what layer, group and batch normalisation have in common.
 * `observe` sees mean and variance, with size 1 in `dims`, and keeps neither.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
 */
export function normalize(
  x: Tensor,
  dims: readonly number[],
  eps: number,
  observe?: (mean: Tensor, variance: Tensor) => void,
): Tensor {
  return normalizeOp([x], { dims, eps, observe });
}
