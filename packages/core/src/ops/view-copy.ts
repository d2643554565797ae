import type { Tensor } from "../tensor/tensor.ts";

/** Marks a copy where PyTorch would give a view, so that nobody takes it for one. */
export function copyOfView(op: string, out: Tensor, source: Tensor): Tensor {
  if (out.viewCopy !== null) return out;
  const original = source.viewCopy;
  out.viewCopy = {
    op,
    source: original === null ? source.storage : original.source,
    version: original === null ? source.storage.version : original.version,
  };
  return out;
}
