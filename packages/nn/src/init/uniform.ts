import { type Generator, noGrad, type Tensor } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";

export interface GeneratorOption {
  /** The source of random numbers. Default: the default generator, which `manualSeed` seeds. */
  readonly generator?: Generator;
}

/** Fills with draws from `U(a, b)`. */
export function uniform_(tensor: Tensor, a = 0, b = 1, options: GeneratorOption = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("uniform_(tensor, a?, b?, options?)", arguments.length);
  checkTensor("uniform_", tensor, "tensor");
  return noGrad(() => tensor.uniform_(a, b, options));
}
