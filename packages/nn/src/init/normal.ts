import { noGrad, type Tensor } from "@kindling/core";
import { checkTensor, surplusArguments } from "@kindling/core/extend";
import type { GeneratorOption } from "./uniform.ts";

/** Fills with draws from `N(mean, std²)`. */
export function normal_(tensor: Tensor, mean = 0, std = 1, options: GeneratorOption = {}): Tensor {
  if (arguments.length > 4) throw surplusArguments("normal_(tensor, mean?, std?, options?)", arguments.length);
  checkTensor("normal_", tensor, "tensor");
  return noGrad(() => tensor.normal_(mean, std, options));
}
