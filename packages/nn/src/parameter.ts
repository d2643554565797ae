import type { Tensor } from "@kindling/core";
import { asParameter, checkOptions, checkTensor, surplusArguments } from "@kindling/core/extend";

declare const parameter: unique symbol;

/**
 * A tensor that a module learns: kept in a field of a `Module`, it is one of its parameters. It is a leaf, asks for
 * gradients, and belongs to no scope.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html
 */
export interface Parameter extends Tensor {
  readonly [parameter]: true;
}

export interface ParameterOptions {
  /** Default: true. */
  readonly requiresGrad?: boolean;
}

interface ParameterConstructor {
  new (data: Tensor, options?: ParameterOptions): Parameter;
}

/** `new Parameter(data)`: a parameter over the elements of `data`. */
export const Parameter = function Parameter(data: Tensor, options: ParameterOptions = {}): Parameter {
  if (arguments.length > 2) throw surplusArguments("new Parameter(data, options?)", arguments.length);
  checkTensor("Parameter", data, "data");
  checkOptions("Parameter", options, ["requiresGrad"], "Parameter.__new__()");
  const { requiresGrad = true } = options;
  return asParameter(data, requiresGrad) as Parameter;
} as unknown as ParameterConstructor;
