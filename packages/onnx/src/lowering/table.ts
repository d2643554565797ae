import { arithmetic } from "./arithmetic.ts";
import { comparison } from "./comparison.ts";
import { conversion } from "./conversion.ts";
import { convolution } from "./convolution.ts";
import { indexing } from "./indexing.ts";
import type { Lowering } from "./lowering.ts";
import { movement } from "./movement.ts";
import { pooling } from "./pooling.ts";
import { product } from "./product.ts";
import { ranking } from "./ranking.ts";
import { reduction } from "./reduction.ts";

/** Every kernel that `Device.run` is asked for, by name, as ONNX computes it. */
export const lowerings: ReadonlyMap<string, Lowering> = new Map(
  Object.entries({
    ...arithmetic,
    ...comparison,
    ...conversion,
    ...convolution,
    ...indexing,
    ...movement,
    ...pooling,
    ...product,
    ...ranking,
    ...reduction,
  }),
);
