import { KindlingError, noGrad, scope, stack, type Tensor, ValueError, zeros } from "@kindling/core";
import { checkOptions, describeValue, surplusArguments } from "@kindling/core/extend";
import { parameterList } from "./parameter-list.ts";

export interface ClipGradNormOptions {
  /** Which p-norm; `Infinity` for the largest magnitude. Default: 2. */
  readonly normType?: number;
  /** Whether a total norm that is not finite is an error; needs a device that can be read at once. Default: false. */
  readonly errorIfNonfinite?: boolean;
}

/**
 * Scales the gradients, taken as one vector, down to `maxNorm` where they are longer. Gives their norm before that.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
 */
export function clipGradNorm_(
  parameters: Tensor | Iterable<Tensor>,
  maxNorm: number,
  options: ClipGradNormOptions = {},
): Tensor {
  if (arguments.length > 3) throw surplusArguments("clipGradNorm_(parameters, maxNorm, options?)", arguments.length);
  checkOptions("clipGradNorm_", options, ["normType", "errorIfNonfinite"]);
  checkLimit("clipGradNorm_", "maxNorm", maxNorm);
  const { normType = 2, errorIfNonfinite = false } = options;
  const grads = gradsOf("clipGradNorm_", parameters);
  return noGrad(() =>
    scope(() => {
      if (grads.length === 0) return zeros([]);
      const total = stack(grads.map((grad) => grad.norm(normType))).norm(normType);
      if (errorIfNonfinite) checkFinite(total, normType);
      const factor = total.add(1e-6).reciprocal().mul(maxNorm).clamp({ max: 1 });
      for (const grad of grads) grad.mul_(factor);
      return total;
    }),
  );
}

/**
 * Clamps every element of the gradients to `[-clipValue, clipValue]`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html
 */
export function clipGradValue_(parameters: Tensor | Iterable<Tensor>, clipValue: number): void {
  if (arguments.length > 2) throw surplusArguments("clipGradValue_(parameters, clipValue)", arguments.length);
  checkLimit("clipGradValue_", "clipValue", clipValue);
  const grads = gradsOf("clipGradValue_", parameters);
  noGrad(() => {
    for (const grad of grads) grad.clamp_({ min: -clipValue, max: clipValue });
  });
}

/** A limit that is no number would make every gradient NaN. */
function checkLimit(op: string, name: string, limit: unknown): void {
  if (typeof limit === "number") return;
  const rule = `${name} must be a number`;
  const got = limit === undefined ? "nothing" : describeValue(limit);
  throw new ValueError(op, rule, `got ${got}`, `Write ${op}(net.parameters(), 1).`);
}

function gradsOf(op: string, parameters: Tensor | Iterable<Tensor>): Tensor[] {
  return parameterList(op, parameters).flatMap(({ grad }) => (grad === null ? [] : [grad]));
}

function checkFinite(total: Tensor, normType: number): void {
  if (Number.isFinite(total.itemSync())) return;
  throw new KindlingError(
    "clipGradNorm_",
    `The total norm of order ${normType.toFixed(1)} for gradients from \`parameters\` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set \`error_if_nonfinite=False\``,
    "",
    "Here: errorIfNonfinite: false. Often the learning rate is too large.",
  );
}
