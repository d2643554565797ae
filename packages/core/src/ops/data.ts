import { isFloat } from "../base/dtype.ts";
import { AutogradError } from "../base/errors.ts";
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
  if (x.storage === value.storage) return;
  const { storage } = value;
  storage.retain();
  x.storage.release();
  x.storage = storage;
  x.shape = value.shape;
  x.dtype = value.dtype;
  x.device = value.device;
  x.viewOf = null;
}
