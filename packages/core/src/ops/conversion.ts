import { castElements } from "../base/cast.ts";
import { type DType, isFloat } from "../base/dtype.ts";
import { checkOptions } from "../base/options.ts";
import { checkSupported } from "../device/dtypes.ts";
import { defineOp, kernel } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { withSteps } from "../storage/host-elements.ts";
import { PendingSteps } from "../storage/pending.ts";
import { ScatteredBytes } from "../storage/scattered-bytes.ts";
import type { WithDType } from "../tensor/method-arguments.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { checkDType } from "../tensor/tensor-options.ts";
import { DTYPE } from "./dim-options.ts";

const castOp = defineOp<DType>("to", {
  forward([x], dtype) {
    const input = x as Tensor;
    checkSupported("to", input.device, dtype);
    const host = input.device.host !== undefined ? input.content().host : null;
    if (host !== null && host.steps === null && input.dtype === "uint8" && dtype === "float32") {
      return made(hostTensor("to", withSteps(host, PendingSteps.toFloat), input.shape, dtype, input.device));
    }
    if (host !== null && !(host instanceof ScatteredBytes) && host.length <= 1) {
      const window = host.data.subarray(host.offset, host.offset + host.length);
      const data = castElements(window, input.dtype, dtype);
      if (host.steps === null)
        return made(
          hostTensor("to", { data, offset: 0, length: data.length, steps: null }, input.shape, dtype, input.device),
        );
    }
    return kernel("cast", { x: input }, {}, input.shape, dtype);
  },
  backward: (grad, { dtypes: [dtype] }) => [isFloat(dtype as DType) ? cast(grad, dtype as DType) : null],
});

/** The elements in another dtype; the tensor itself when it has it already. Floats are truncated towards zero. */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : castOp([x], dtype);
}

/**
 * The elements as the option `dtype` asks for them.
 *
 * @throws ValueError for another option, DTypeError for what is no dtype
 */
export function converted(op: string, x: Tensor, options: WithDType): Tensor {
  checkOptions(op, options, DTYPE);
  const dtype = checkDType(op, options.dtype);
  return dtype === undefined ? x : cast(x, dtype);
}
