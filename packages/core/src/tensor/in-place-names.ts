/** The methods that have an in-place variant, `add` and `add_`: those that have one in PyTorch. A name here is all that it takes. */
export const IN_PLACE = [
  "abs",
  "add",
  "ceil",
  "clamp",
  "cos",
  "cumsum",
  "div",
  "eq",
  "erf",
  "exp",
  "expm1",
  "floor",
  "ge",
  "gt",
  "le",
  "log",
  "log1p",
  "logicalAnd",
  "logicalNot",
  "logicalOr",
  "lt",
  "maskedFill",
  "mul",
  "ne",
  "neg",
  "pow",
  "reciprocal",
  "relu",
  "remainder",
  "round",
  "rsqrt",
  "sigmoid",
  "sign",
  "sin",
  "sqrt",
  "square",
  "sub",
  "tanh",
] as const;

export type InPlaceName = (typeof IN_PLACE)[number];

/** `add_` for `add`: takes the same, and leaves the result in the tensor. */
export type InPlaceVariants<Methods extends Record<InPlaceName, unknown>> = {
  [K in InPlaceName as `${K}_`]: Methods[K];
};
