import { noGrad, scope, type Tensor, zeros } from "@kindling/core";
import { checkOptions, checkTensor, surplusArguments, warn } from "@kindling/core/extend";
import { normalCdf } from "./normal-cdf.ts";
import type { GeneratorOption } from "./uniform.ts";

export interface TruncNormalOptions extends GeneratorOption {
  /** Default: 0. */
  readonly mean?: number;
  /** Default: 1. */
  readonly std?: number;
  /** The smallest value, not in units of `std`. Default: -2. */
  readonly a?: number;
  /** The largest value. Default: 2. */
  readonly b?: number;
}

/**
 * Fills with draws from `N(mean, std²)`, those outside `[a, b]` drawn again: as PyTorch 2.15 does, normals where that
 * succeeds often, else uniforms accepted by their density. (Older versions inverted the distribution instead.)
 *
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.trunc_normal_
 */
export function truncNormal_(tensor: Tensor, options: TruncNormalOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("truncNormal_(tensor, options?)", arguments.length);
  checkTensor("truncNormal_", tensor, "tensor");
  checkOptions("truncNormal_", options, ["mean", "std", "a", "b", "generator"]);
  const { mean = 0, std = 1, a = -2, b = 2, generator } = options;
  if (mean < a - 2 * std || mean > b + 2 * std) {
    warn("mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may be incorrect.");
  }
  const drawn = generator === undefined ? {} : { generator };
  const inside = normalCdf((b - mean) / std) - normalCdf((a - mean) / std);
  return noGrad(() =>
    scope(() => {
      const { shape } = tensor;
      const normals = (): Tensor => zeros(shape).normal_(mean, std, drawn);
      const uniforms = (from: number, to: number): Tensor => zeros(shape).uniform_(from, to, drawn);
      const draws = inside > 0.3 ? rejectNormals(normals, a, b) : rejectUniforms(uniforms, mean, std, a, b);
      return tensor.copy_(draws);
    }),
  );
}

function rejectNormals(draw: () => Tensor, a: number, b: number): Tensor {
  let result = draw();
  for (;;) {
    const outside = result.lt(Math.fround(a)).logicalOr(result.gt(Math.fround(b)));
    if (outside.any().itemSync() === 0) return result;
    result = draw().where(outside, result);
  }
}

function rejectUniforms(
  draw: (from: number, to: number) => Tensor,
  mean: number,
  std: number,
  a: number,
  b: number,
): Tensor {
  const mode = Math.max(a, Math.min(mean, b));
  const logPeak = -0.5 * ((mode - mean) / std) ** 2;
  let result: Tensor | undefined;
  let pending: Tensor | undefined;
  for (;;) {
    const candidates = draw(a, b);
    const logDensity = candidates.sub(mean).div(std).square().mul(-0.5).sub(logPeak);
    const rejected = draw(0, 1).log().gt(logDensity);
    result = result === undefined || pending === undefined ? candidates : candidates.where(pending, result);
    pending = pending === undefined ? rejected : rejected.logicalAnd(pending);
    if (pending.any().itemSync() === 0) return result;
  }
}
