import { noGrad, ShapeError, type Tensor, zeros } from "@kindling/core";
import { checkOptions, checkTensor, surplusArguments, warn } from "@kindling/core/extend";
import type { DropoutFunctionOptions } from "./dropout.ts";
import { checkProbability, DropoutNd, type DropoutOptions } from "./dropout-nd.ts";

/**
 * Dropout of whole channels: `x * mask / (1 - p)` with one draw for each sample and channel, 0 with probability `p` and 1 otherwise:
 * the mask that PyTorch draws for the same seed. Shapes: x `[N, C, H, W]`, mask `[N, C, 1, 1]`. Outside training, `x`.
 *
 * @throws ShapeError `Feature dropout requires at least 2 dimensions in the input`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.dropout2d.html
 */
export function dropout2d(x: Tensor, options: DropoutFunctionOptions = {}): Tensor {
  if (arguments.length > 2) throw surplusArguments("dropout2d(x, options?)", arguments.length);
  checkTensor("dropout2d", x);
  checkOptions("dropout2d", options, ["p", "training", "inplace"]);
  const { p = 0.5, training = true, inplace = false } = options;
  checkProbability("dropout2d", p);
  warnOfDimensions(x.ndim);
  if (p === 0 || !training || x.numel() === 0) return x;
  if (x.ndim < 2) {
    throw new ShapeError(
      "dropout2d",
      "Feature dropout requires at least 2 dimensions in the input",
      "",
      "It takes images [N, C, H, W]; dropout takes anything.",
    );
  }
  const noise = noGrad(() => {
    const mask = zeros([...x.shape.slice(0, 2), ...x.shape.slice(2).map(() => 1)], { device: x.device });
    return p === 1 ? mask : mask.bernoulli_(1 - p).div_(1 - p);
  });
  return inplace ? x.mul_(noise) : x.mul(noise);
}

/** Warns about dimensions that PyTorch accepts with a warning. */
function warnOfDimensions(ndim: number): void {
  if (ndim === 3) {
    warn(
      "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - input is interpreted as shape (N, C, L), where C is the channel dim. This behavior will change in a future release to interpret the input as one without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise dropout behavior, please switch to using dropout1d instead.",
    );
  } else if (ndim !== 4) {
    warn(
      `dropout2d: Received a ${ndim}-D input to dropout2d, which is deprecated and will result in an error in a future release. To retain the behavior and silence this warning, please use dropout instead. Note that dropout2d exists to provide channel-wise dropout on inputs with 2 spatial dimensions, a channel dimension, and an optional batch dimension (i.e. 3D or 4D inputs).`,
    );
  }
}

/**
 * In training, zeroes each channel of each sample with probability `p` and divides the others by `1 - p`; in evaluation it does
 * nothing. Shapes: x `[N, C, H, W]`. `new Dropout2d(0.2)`, `new Dropout2d({ p: 0.2, inplace: true })`.
 *
 * @throws ValueError `dropout probability has to be between 0 and 1, but got 1.5`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout2d.html
 */
export class Dropout2d extends DropoutNd {
  constructor(probability: number | DropoutOptions = 0.5, more: Omit<DropoutOptions, "p"> = {}) {
    if (arguments.length > 2) throw surplusArguments("new Dropout2d(probability?, more?)", arguments.length);
    super("Dropout2d", probability, more);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Dropout2d.forward(x)", arguments.length);
    return dropout2d(x, { p: this.p, training: this.training, inplace: this.inplace });
  }
}
