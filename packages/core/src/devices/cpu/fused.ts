import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { allocate, type DType, type TypedArray } from "../../base/dtype.ts";
import { numel } from "../../base/shape.ts";
import { fusedKernels } from "../fused/fused-kernels.ts";
import { writeValues } from "../tfjs/values.ts";

/** The fused kernels over the arrays of the pure-JavaScript backend, which keeps what it is given without a copy. */
export const fused = fusedKernels({
  // `readSync` of a mask would copy.
  elements: (device, { dataId }) => (device.backend as MathBackendCPU).data.get(dataId).values as TypedArray,
  output(device, shape, dtype) {
    const data = allocate(dtype as DType, numel(shape));
    return { dataId: writeValues(device.backend, data, shape, dtype), shape: [...shape], dtype };
  },
});
