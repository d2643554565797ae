import { isFloat } from "../base/dtype.ts";
import { AutogradError } from "../base/errors.ts";
import type { Storage } from "../storage/memory.ts";
import { checkTensor } from "../tensor/arguments.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { detach } from "./copying.ts";

// The attribute `data`, by which older programs change parameters behind autograd's back: `p.data.add_(...)`, `p.data = t`.

/** The elements without the graph. A change of them is seen in `x`, and not by autograd: it does not notice that what it saved has changed. */
export function dataOf(x: Tensor): Tensor {
  const out = detach(x);
  out.unseen = true;
  return out;
}

/** `x.data = value`: `x` stays the same tensor and takes over the memory, dtype and device of `value`. */
export function assignData(x: Tensor, value: Tensor): void {
  checkTensor("data", value, "data", 1);
  value.check("data");
  if (x.requiresGrad && !isFloat(value.dtype)) {
    throw new AutogradError(
      "data",
      "data set to a tensor that requires gradients must be floating point or complex dtype",
      `got ${value.dtype}`,
      'Convert it: value.to("float32").',
    );
  }
  takeOver(x, value.storage.retain(), value);
}

/** Takes over the elements, dtype and device of `other`, copied when one of the two changes, and stays the same tensor. Not recorded. */
export function setData(x: Tensor, other: Tensor): void {
  other.check("setData");
  takeOver(x, other.content().fork(), other);
}

function takeOver(x: Tensor, storage: Storage, { shape, dtype, device }: Tensor): void {
  x.storage.release();
  x.storage = storage;
  // Whoever frees `x` frees this with it.
  storage.memory?.own();
  x.shape = shape;
  x.dtype = dtype;
  x.device = device;
  x.viewOf = null;
  x.freed = false;
}
