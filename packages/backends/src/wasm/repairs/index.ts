import { type KernelRepair, rankingKernels } from "@kindling/core";
import { batchMatMul } from "./batch-mat-mul.ts";
import { cast } from "./cast.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.ts";
import { maximum, minimum } from "./extreme.ts";
import { fusedMatMul } from "./fused-mat-mul.ts";
import { reverse } from "./reverse.ts";
import { tile } from "./tile.ts";

/** What takes the place of the backend's own kernels, by kernel name. */
export const repairs: ReadonlyMap<string, KernelRepair> = new Map([
  ...rankingKernels,
  ["BatchMatMul", batchMatMul],
  ["Cast", cast],
  ["Equal", equal],
  ["Greater", greater],
  ["GreaterEqual", greaterEqual],
  ["Less", less],
  ["LessEqual", lessEqual],
  ["Maximum", maximum],
  ["Minimum", minimum],
  ["NotEqual", notEqual],
  ["Reverse", reverse],
  ["Tile", tile],
  ["_FusedMatMul", fusedMatMul],
]);
