import { noGrad, type Shape, ShapeError, type Tensor, ValueError } from "@kindling/core";
import { checkOptions, checkTensor, normalize, numel, pythonFloat, surplusArguments } from "@kindling/core/extend";
import { checkNormDtypes } from "./norm-dtypes.ts";
import { torchSize } from "./torch-size.ts";

export interface BatchNormOptions {
  /** Scales, `[C]`. Default: none. */
  readonly weight?: Tensor | null;
  /** Shifts, `[C]`. Default: none. */
  readonly bias?: Tensor | null;
  /** Whether to normalise by the batch's own statistics, and to update the running ones. Default: false. */
  readonly training?: boolean;
  /** The share of the new batch in the running statistics; a tensor where only the device knows it. Default: 0.1. */
  readonly momentum?: number | Tensor;
  /** Added to the variance. Default: 1e-5. */
  readonly eps?: number;
}

/**
 * `y = (x - mean) / sqrt(var + eps) * weight + bias`, channel by channel. In training mean and variance are those of the batch (divided by
 * the count), and the running ones move towards them, `running = (1 - momentum) * running + momentum * batch`, the variance with
 * Bessel's correction. Otherwise they are the running ones. Shapes: x `[N, C, *]`, all others `[C]`.
 *
 * @throws ValueError `Expected more than 1 value per channel when training, got input size torch.Size([1, 3])`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options: BatchNormOptions = {},
): Tensor {
  if (arguments.length > 4) throw surplusArguments("batchNorm(x, runningMean, runningVar, options?)", arguments.length);
  checkTensor("batchNorm", x);
  if (runningMean !== null) checkTensor("batchNorm", runningMean, "running_mean", 2);
  if (runningVar !== null) checkTensor("batchNorm", runningVar, "running_var", 3);
  checkOptions("batchNorm", options, ["weight", "bias", "training", "momentum", "eps"]);
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options;
  // As in PyTorch nothing is normalised, whatever the statistics are of.
  if (x.ndim === 1 && x.numel() === 0) return x.mul(1);
  const [, channels = 0] = x.shape;
  checkNormDtypes("batchNorm", "batch_norm", x, [weight, bias, runningMean, runningVar]);
  if (training) checkBatchSize("batchNorm", x.shape, torchSize(x));
  checkEps(training, eps);
  checkSizes({ runningMean, runningVar, weight, bias }, channels);
  const alongChannels = (t: Tensor): Tensor => t.reshape([1, channels, ...x.shape.slice(2).map(() => 1)]);

  // An empty batch has no statistics: NaN would stay in the running ones for good.
  if (training && x.numel() === 0) {
    const scaled = weight === null ? x.mul(1) : x.mul(alongChannels(weight));
    return (bias === null ? scaled : scaled.add(alongChannels(bias))).to(x.dtype);
  }
  const perChannel = (t: Tensor): Tensor => t.reshape([channels]);
  if (training) {
    const dims = x.shape.map((_, dim) => dim).filter((dim) => dim !== 1);
    const count = numel(x.shape) / channels;
    const normal = normalize(x, dims, eps, (mean, variance) =>
      noGrad(() => {
        if (runningMean !== null) moveTowards(runningMean, perChannel(mean), momentum);
        if (runningVar !== null) moveTowards(runningVar, perChannel(variance).mul(count / (count - 1)), momentum);
      }),
    );
    const scaled = weight === null ? normal : normal.mul(alongChannels(weight));
    return (bias === null ? scaled : scaled.add(alongChannels(bias))).to(x.dtype);
  }
  if (runningMean === null || runningVar === null) throw missingStatistics(runningMean === null ? "mean" : "var");
  const scale = alongChannels(runningVar).add(eps).rsqrt();
  const normal = x.sub(alongChannels(runningMean)).mul(weight === null ? scale : scale.mul(alongChannels(weight)));
  return (bias === null ? normal : normal.add(alongChannels(bias))).to(x.dtype);
}

/** `running = (1 - share) * running + share * batch`, in place. */
function moveTowards(running: Tensor, batch: Tensor, share: number | Tensor): void {
  const rest = typeof share === "number" ? 1 - share : share.neg().add(1);
  running.mul_(rest).add_(batch.mul(share));
}

/** Refuses to normalise single values: they would all be 0. `told` is the size as PyTorch prints it. */
export function checkBatchSize(op: string, [batch = 1, , ...rest]: Shape, told: string): void {
  if (batch * numel(rest) !== 1) return;
  throw new ValueError(
    op,
    `Expected more than 1 value per channel when training, got input size ${told}`,
    "",
    "A single value has no variance. Give it a batch of two or more (dropLast: true leaves a last batch of one out), or call eval().",
  );
}

function checkEps(training: boolean, eps: number): void {
  if (eps > 0 || (eps === 0 && !training)) return;
  const rule = training ? "positive during training" : "non-negative";
  throw new ValueError(
    "batchNorm",
    `batch_norm eps must be ${rule}, but got ${pythonFloat(eps)}`,
    "",
    "The default is 1e-5.",
  );
}

const WIRE_NAMES = { runningMean: "running_mean", runningVar: "running_var", weight: "weight", bias: "bias" } as const;

function checkSizes(perChannel: Readonly<Record<keyof typeof WIRE_NAMES, Tensor | null>>, channels: number): void {
  for (const [name, tensor] of Object.entries(perChannel)) {
    if (tensor === null || tensor.numel() === channels) continue;
    throw new ShapeError(
      "batchNorm",
      `${WIRE_NAMES[name as keyof typeof WIRE_NAMES]} should contain ${channels} elements not ${tensor.numel()}`,
      "",
      "One for each channel, dimension 1 of the input.",
    );
  }
}

function missingStatistics(which: "mean" | "var"): ValueError {
  const rule = `running_${which} must be defined in evaluation mode`;
  return new ValueError("batchNorm", rule, "", "Give the running statistics, or { training: true }.");
}
