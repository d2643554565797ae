import { linear as affine, type Device, type Tensor, zeros } from "@kindling/core";
import { checkTensor, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { calculateFanInAndFanOut } from "../init/fan.ts";
import { kaimingUniform_ } from "../init/kaiming.ts";
import { uniform_ } from "../init/uniform.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes } from "./required-sizes.ts";

/**
 * Affine map `y = x Wᵀ + b`. Shapes: x `[*, in]`, W `[out, in]`, b `[out]`, y `[*, out]`.
 *
 * @throws ShapeError `mat1 and mat2 shapes cannot be multiplied (2x3 and 5x2)`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  if (arguments.length > 3) throw surplusArguments("linear(x, weight, bias?)", arguments.length);
  checkTensor("linear", x);
  checkTensor("linear", weight, "weight", 2);
  if (bias !== null) checkTensor("linear", bias, "bias", 3);
  return bias === null ? affine(x, weight) : affine(x, weight, bias);
}

export interface LinearOptions {
  /** Whether to add a learned bias. Default: true. */
  readonly bias?: boolean;
  /** Where the parameters live. Default: the cpu. */
  readonly device?: Device;
}

/**
 * Affine map `y = x Wᵀ + b`. Shapes: x `[*, in]`, W `[out, in]`, b `[out]`, y `[*, out]`. Both are drawn from
 * `U(-1/sqrt(in), 1/sqrt(in))`, the weight first.
 *
 * @throws ShapeError `mat1 and mat2 shapes cannot be multiplied (2x3 and 5x2)`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
 */
export class Linear extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  weight: Parameter;
  bias: Parameter | null;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    if (arguments.length > 3) throw surplusArguments("new Linear(inFeatures, outFeatures, options?)", arguments.length);
    super();
    checkSizes("Linear", { inFeatures, outFeatures });
    checkLayerOptions("Linear", options, ["bias", "device"]);
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = new Parameter(zeros([outFeatures, inFeatures]));
    this.bias = (options.bias ?? true) ? new Parameter(zeros([outFeatures])) : null;
    this.resetParameters();
    if (options.device !== undefined) this.to(options.device);
  }

  /** Draws the parameters anew. */
  resetParameters(): void {
    if (arguments.length > 0) throw surplusArguments("Linear.resetParameters()", arguments.length);
    kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias === null) return;
    const [fanIn] = calculateFanInAndFanOut(this.weight);
    const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
    uniform_(this.bias, -bound, bound);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Linear.forward(x)", arguments.length);
    return linear(x, this.weight, this.bias);
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("Linear.extraRepr()", arguments.length);
    return `in_features=${this.inFeatures}, out_features=${this.outFeatures}, bias=${pythonRepr(this.bias !== null)}`;
  }
}
