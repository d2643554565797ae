import { fusedKernels } from "@kindling/core/device";
import { elements, output } from "./heap.ts";

/** The fused kernels over the backend's memory. */
export const fused = fusedKernels({ elements, output });
