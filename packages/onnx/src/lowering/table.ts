import { arithmetic } from "./arithmetic.ts";
import { comparison } from "./comparison.ts";
import { conversion } from "./conversion.ts";
import { convolution } from "./convolution.ts";
import { indexing } from "./indexing.ts";
import type { Lowerings } from "./lowering.ts";
import { movement } from "./movement.ts";
import { pooling } from "./pooling.ts";
import { product } from "./product.ts";
import { ranking } from "./ranking.ts";
import { reduction } from "./reduction.ts";
import { sameName } from "./same-name.ts";

/** Every kernel as ONNX computes it: one that is missing does not compile. */
export const lowerings: Lowerings = {
  ...sameName,
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
};
