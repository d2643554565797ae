import type { DType, Tensor } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";
import { Module } from "../module.ts";
import { dimOption, implicitDim, type SoftmaxOptions } from "./softmax.ts";

/**
 * `log(softmax(x))` along `dim`, computed without overflow. `dtype` is what `x` is converted to first.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html
 */
export function logSoftmax(x: Tensor, dim?: number, options: { readonly dtype?: DType } = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("logSoftmax(x, dim?, options?)", arguments.length);
  checkTensor("logSoftmax", x);
  return x.logSoftmax(dim ?? implicitDim("log_softmax", x), options);
}

/**
 * `log(softmax(x))` along `dim`, what `NLLLoss` takes. `new LogSoftmax(1)` or `new LogSoftmax({ dim: 1 })`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html
 */
export class LogSoftmax extends Module {
  dim: number | undefined;

  constructor(options: number | SoftmaxOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new LogSoftmax(options?)", arguments.length);
    super();
    this.dim = dimOption("LogSoftmax", options);
  }

  override forward(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("LogSoftmax.forward(x)", arguments.length);
    return logSoftmax(x, this.dim);
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("LogSoftmax.extraRepr()", arguments.length);
    return `dim=${this.dim ?? "None"}`;
  }
}
