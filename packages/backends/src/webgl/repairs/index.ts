import { type KernelRepair, rankingKernels } from "@kindling/core";

/** What takes the place of the backend's own kernels, by kernel name. */
export const repairs: ReadonlyMap<string, KernelRepair> = new Map([...rankingKernels]);

/** The same for kernels of images with the channels last. */
export const imageRepairs: ReadonlyMap<string, KernelRepair> = new Map([]);
