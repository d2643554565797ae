import { type Device, ones, ShapeError, type Tensor, ValueError, zeros } from "@kindling/core";
import { checkOptions, checkTensor, formatShape, normalize, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { checkBatchSize } from "../functional/batch-norm.ts";
import { checkNormDtypes } from "../functional/norm-dtypes.ts";
import { ones_, zeros_ } from "../init/constant.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import type { LayerNormFunctionOptions } from "./layer-norm.ts";
import { checkSizes } from "./required-sizes.ts";

/** Weight and bias are `[C]`. */
export type GroupNormFunctionOptions = LayerNormFunctionOptions;

/**
 * `y = (x - mean) / sqrt(var + eps) * weight + bias` over each of `numGroups` groups of channels of each sample; the variance is
 * divided by the count. Shapes: x `[N, C, *]`, weight and bias `[C]`.
 *
 * @throws ShapeError `Expected number of channels in input to be divisible by num_groups, but got input of shape [2, 3] and num_groups=2`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.group_norm.html
 */
export function groupNorm(x: Tensor, numGroups: number, options: GroupNormFunctionOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("groupNorm(x, numGroups, options?)", arguments.length);
  checkTensor("groupNorm", x);
  checkOptions("groupNorm", options, ["weight", "bias", "eps"]);
  const { weight = null, bias = null, eps = 1e-5 } = options;
  checkShapes(x, numGroups, { weight, bias });
  checkNormDtypes("groupNorm", "GroupNormKernelImpl", x, [weight, bias]);
  const [batch = 0, channels = 0, ...rest] = x.shape;
  const grouped = x.reshape([batch, numGroups, x.numel() / (batch * numGroups) || 0]);
  const normal = normalize(grouped, [2], eps).reshape(x.shape);
  const alongChannels = (t: Tensor): Tensor => t.reshape([1, channels, ...rest.map(() => 1)]);
  const scaled = weight === null ? normal : normal.mul(alongChannels(weight));
  return (bias === null ? scaled : scaled.add(alongChannels(bias))).to(x.dtype);
}

function checkShapes(x: Tensor, numGroups: number, affine: Readonly<Record<string, Tensor | null>>): void {
  if (x.ndim < 2) {
    throw new ShapeError(
      "groupNorm",
      `Expected at least 2 dimensions for input tensor but received ${x.ndim}`,
      "",
      "Inputs are [N, C, ...].",
    );
  }
  const [batch = 0, channels = 0, ...rest] = x.shape;
  // PyTorch looks at groups of samples here, and tells their size as a list.
  const size = [Math.floor((batch * channels) / numGroups), numGroups, ...rest];
  checkBatchSize("groupNorm", size, formatShape(size));
  if (!(numGroups > 0)) throw new ShapeError("groupNorm", `Expected num groups to be greater than 0, got ${numGroups}`);
  if (channels === 0) throw new ShapeError("groupNorm", "Expected number of channels to be greater than 0, got 0");
  if (rest.includes(0)) throw new ShapeError("groupNorm", "Expected HxW to be greater than 0, got 0");
  if (channels % numGroups !== 0) {
    throw new ShapeError(
      "groupNorm",
      `Expected number of channels in input to be divisible by num_groups, but got input of shape ${formatShape(x.shape)} and num_groups=${numGroups}`,
      "",
      "Channels are dimension 1.",
    );
  }
  for (const [name, tensor] of Object.entries(affine)) {
    if (tensor === null || (tensor.ndim === 1 && tensor.numel() === channels)) continue;
    throw new ShapeError(
      "groupNorm",
      `Expected ${name} to be a vector of size equal to the number of channels in input, but got ${name} of shape ${formatShape(tensor.shape)} and input of shape ${formatShape(x.shape)}`,
    );
  }
}

export interface GroupNormOptions {
  /** Added to the variance. Default: 1e-5. */
  readonly eps?: number;
  /** Whether to scale and shift each channel by learned numbers. Default: true. */
  readonly affine?: boolean;
  /** Whether to shift, where `affine`. Default: true. */
  readonly bias?: boolean;
  /** Where the parameters live. Default: the cpu. */
  readonly device?: Device;
}

/**
 * Normalises each sample over groups of channels: `y = (x - mean) / sqrt(var + eps) * weight + bias`. Shapes: x and y `[N, C, *]`, weight
 * and bias `[C]`.
 *
 * @throws ValueError `num_channels (5) must be divisible by num_groups (2)`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html
 */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly numChannels: number;
  eps: number;
  readonly affine: boolean;
  weight: Parameter | null;
  bias: Parameter | null;

  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    if (arguments.length > 3)
      throw surplusArguments("new GroupNorm(numGroups, numChannels, options?)", arguments.length);
    super();
    checkSizes("GroupNorm", { numGroups, numChannels });
    checkLayerOptions("GroupNorm", options, ["eps", "affine", "bias", "device"]);
    if (numChannels % numGroups !== 0) {
      throw new ValueError(
        "GroupNorm",
        `num_channels (${numChannels}) must be divisible by num_groups (${numGroups})`,
        "",
        "The groups come first: new GroupNorm(2, 6).",
      );
    }
    const { eps = 1e-5, affine = true, bias = true } = options;
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.affine = affine;
    this.weight = affine ? new Parameter(ones([numChannels])) : null;
    this.bias = affine && bias ? new Parameter(zeros([numChannels])) : null;
    if (options.device !== undefined) this.to(options.device);
  }

  /** Sets the parameters to 1 and 0. */
  resetParameters(): void {
    if (arguments.length > 0) throw surplusArguments("GroupNorm.resetParameters()", arguments.length);
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("GroupNorm.forward(x)", arguments.length);
    return groupNorm(x, this.numGroups, { weight: this.weight, bias: this.bias, eps: this.eps });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("GroupNorm.extraRepr()", arguments.length);
    const { numGroups, numChannels, eps, affine } = this;
    return `${numGroups}, ${numChannels}, eps=${pythonRepr(eps)}, affine=${pythonRepr(affine)}, bias=${pythonRepr(this.bias !== null)}`;
  }
}
