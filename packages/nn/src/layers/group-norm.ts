import { type Device, ones, type Tensor, ValueError, zeros } from "@kindling/core";
import { pythonRepr } from "@kindling/core/extend";
import { groupNorm } from "../functional/group-norm.ts";
import { ones_, zeros_ } from "../init/constant.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes } from "./required-sizes.ts";

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
    super();
    checkSizes("GroupNorm", { numGroups, numChannels });
    checkOptions("GroupNorm", options, ["eps", "affine", "bias", "device"]);
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
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  override forward(x: Tensor): Tensor {
    return groupNorm(x, this.numGroups, { weight: this.weight, bias: this.bias, eps: this.eps });
  }

  override extraRepr(): string {
    const { numGroups, numChannels, eps, affine } = this;
    return `${numGroups}, ${numChannels}, eps=${pythonRepr(eps)}, affine=${pythonRepr(affine)}, bias=${pythonRepr(this.bias !== null)}`;
  }
}
