import type { ValuesAndIndices } from "../tensor/method-arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Values and indices under their names, and as a pair. */
export function valuesAndIndices(values: Tensor, indices: Tensor): ValuesAndIndices<Tensor> {
  return Object.assign([values, indices] as const, { values, indices });
}
