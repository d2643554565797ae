/** Kernels that compute each element from those at its place, whatever the order of places. */
export const POINTWISE: ReadonlySet<string> = new Set([
  ...["Abs", "Cast", "Ceil", "Cos", "Elu", "Erf", "Exp", "Expm1", "Floor", "IsFinite", "IsInf", "IsNan", "LeakyRelu"],
  ...["Log", "Log1p", "LogicalNot", "Neg", "Reciprocal", "Relu", "Relu6", "Round", "Rsqrt", "Selu", "Sigmoid", "Sign"],
  ...["Sin", "Softplus", "Sqrt", "Square", "Step", "Tan", "Tanh"],
  ...["Add", "Equal", "FloorDiv", "Greater", "GreaterEqual", "Less", "LessEqual", "LogicalAnd", "LogicalOr", "Maximum"],
  ...["Minimum", "Mod", "Multiply", "NotEqual", "Pow", "RealDiv", "SquaredDifference", "Sub"],
  "Select",
]);
