import { type Device, type Tensor, ValueError, zeros } from "@kindling/core";
import { pythonRepr } from "@kindling/core/extend";
import { type PaddingMode, pad } from "../functional/pad.ts";
import { calculateFanInAndFanOut } from "../init/fan.ts";
import { kaimingUniform_ } from "../init/kaiming.ts";
import { uniform_ } from "../init/uniform.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { type Sizes, spread } from "./sizes.ts";

export interface ConvNdOptions {
  /** Default: 1. */
  readonly stride?: Sizes;
  /** Default: 0. */
  readonly padding?: Sizes | "same" | "valid";
  /** Default: 1. */
  readonly dilation?: Sizes;
  /** The number of groups that channels are split into; no group sees another. Default: 1. */
  readonly groups?: number;
  /** Whether to add a learned bias. Default: true. */
  readonly bias?: boolean;
  /** Default: `"zeros"`. */
  readonly paddingMode?: "zeros" | Exclude<PaddingMode, "constant">;
  /** Where the parameters live. Default: the cpu. */
  readonly device?: Device;
}

const PADDING_MODES = ["zeros", "reflect", "replicate", "circular"];

/** The base of all convolutions: sizes, parameters and their initial values, print form. */
export abstract class ConvNd extends Module {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[] | "same" | "valid";
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly paddingMode: NonNullable<ConvNdOptions["paddingMode"]>;
  weight: Parameter;
  bias: Parameter | null;

  constructor(
    name: string,
    dims: number,
    inChannels: number,
    outChannels: number,
    kernelSize: Sizes,
    options: ConvNdOptions,
    transposed = false,
  ) {
    super();
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, paddingMode = "zeros" } = options;
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelSize = spread(kernelSize, dims);
    this.stride = spread(stride, dims);
    this.padding = typeof padding === "string" ? padding : spread(padding, dims);
    this.dilation = spread(dilation, dims);
    this.groups = groups;
    this.paddingMode = paddingMode;
    this.#check(name);
    const channels = transposed ? [inChannels, outChannels / groups] : [outChannels, inChannels / groups];
    this.weight = new Parameter(zeros([...channels, ...this.kernelSize]));
    this.bias = bias ? new Parameter(zeros([outChannels])) : null;
    this.resetParameters();
    if (options.device !== undefined) this.to(options.device);
  }

  #check(name: string): void {
    const { inChannels, outChannels, groups, padding, stride, paddingMode } = this;
    const refuse = (rule: string, got: string): never => {
      throw new ValueError(name, rule, got);
    };
    if (!(groups > 0)) refuse("groups must be a positive integer", `got ${groups}`);
    if (inChannels % groups !== 0) {
      refuse("in_channels must be divisible by groups", `got ${inChannels} channels in ${groups} groups`);
    }
    if (outChannels % groups !== 0) {
      refuse("out_channels must be divisible by groups", `got ${outChannels} channels in ${groups} groups`);
    }
    if (typeof padding === "string" && padding !== "same" && padding !== "valid") {
      const rule = `Invalid padding string ${pythonRepr(padding)}, should be one of {'same', 'valid'}`;
      throw new ValueError(name, rule, "", "Or give a number, or one for each dimension.");
    }
    if (padding === "same" && stride.some((step) => step !== 1)) {
      refuse("padding='same' is not supported for strided convolutions", `the stride is ${pythonRepr(stride)}`);
    }
    if (!PADDING_MODES.includes(paddingMode)) {
      const modes = PADDING_MODES.map((mode) => `'${mode}'`).join(", ");
      throw new ValueError(
        name,
        `padding_mode must be one of {${modes}}, but got padding_mode='${String(paddingMode)}'`,
      );
    }
  }

  /** Draws the parameters anew, from `U(-b, b)` with `b = 1 / sqrt(fan_in)`; the weight first. */
  resetParameters(): void {
    kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias === null) return;
    const [fanIn] = calculateFanInAndFanOut(this.weight);
    const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
    uniform_(this.bias, -bound, bound);
  }

  /** The input and the padding that is left to add to it: what is not zeros is put around it here. */
  protected padded(x: Tensor): readonly [Tensor, readonly number[] | "same" | "valid"] {
    const { paddingMode, padding, dilation, kernelSize } = this;
    if (paddingMode === "zeros") return [x, padding];
    const sides = kernelSize.map((size, i) => {
      if (typeof padding !== "string") return [padding[i] as number, padding[i] as number];
      const total = padding === "same" ? (dilation[i] as number) * (size - 1) : 0;
      return [total >> 1, total - (total >> 1)];
    });
    return [pad(x, sides.reverse().flat(), { mode: paddingMode }), kernelSize.map(() => 0)];
  }

  /** The text between padding and groups in the print form. */
  protected extraSizes(): string {
    return "";
  }

  override extraRepr(): string {
    const { inChannels, outChannels, kernelSize, stride, padding, dilation, groups, paddingMode } = this;
    const isAll = (sizes: readonly number[] | string, value: number): boolean =>
      typeof sizes !== "string" && sizes.every((size) => size === value);
    return [
      `${inChannels}, ${outChannels}, kernel_size=${pythonRepr(kernelSize)}, stride=${pythonRepr(stride)}`,
      ...(isAll(padding, 0) ? [] : [`padding=${typeof padding === "string" ? padding : pythonRepr(padding)}`]),
      ...(isAll(dilation, 1) ? [] : [`dilation=${pythonRepr(dilation)}`]),
      ...(this.extraSizes() === "" ? [] : [this.extraSizes()]),
      ...(groups === 1 ? [] : [`groups=${groups}`]),
      ...(this.bias === null ? ["bias=False"] : []),
      ...(paddingMode === "zeros" ? [] : [`padding_mode=${paddingMode}`]),
    ].join(", ");
  }
}
