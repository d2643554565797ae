import { fusedKernels } from "@kindling/core/device";
import { elements, output } from "./heap.ts";

// Normalisation is faster as a composition: every kernel of it computes several floats by one instruction, and loops do not.
const { normalize: _, normalizeBackward: __, ...kept } = fusedKernels({ elements, output });

/** The fused kernels over the backend's memory. */
export const fused = kept;
