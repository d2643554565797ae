import * as arithmetic from "../ops/arithmetic.ts";
import * as clamping from "../ops/clamp.ts";
import * as comparison from "../ops/comparison.ts";

// The functions that have an in-place variant, `add` and `add_`: those that have one in PyTorch, to whose list a test holds them.

/** Pointwise functions have one, but for these, */
const WITHOUT = ["isfinite", "isinf", "isnan", "maximum", "minimum", "where"] as const;

/** and of the others, these have. */
const BESIDES = ["cumsum"] as const;

type Pointwise = keyof typeof arithmetic | keyof typeof clamping | keyof typeof comparison;

export type InPlaceName = Exclude<Pointwise, (typeof WITHOUT)[number]> | (typeof BESIDES)[number];

const pointwise = Object.keys({ ...arithmetic, ...clamping, ...comparison }) as Pointwise[];

export const IN_PLACE: readonly InPlaceName[] = [...pointwise, ...BESIDES]
  .filter((name): name is InPlaceName => !(WITHOUT as readonly string[]).includes(name))
  .sort();
