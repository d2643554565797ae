import type { KernelRepair } from "@kindling/core";
import { batchMatMul } from "./batch-mat-mul.ts";
import { cast } from "./cast.ts";
import { fusedMatMul } from "./fused-mat-mul.ts";
import { reverse } from "./reverse.ts";

/** What takes the place of the backend's own kernels, by kernel name. */
export const repairs: ReadonlyMap<string, KernelRepair> = new Map([
  ["BatchMatMul", batchMatMul],
  ["Cast", cast],
  ["Reverse", reverse],
  ["_FusedMatMul", fusedMatMul],
]);
