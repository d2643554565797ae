import type { BinaryKernel, UnaryKernel } from "@kindling/core/device";
import { choose } from "./conversion.ts";
import { type Lowering, type Lowerings, single } from "./lowering.ts";

const compared = (opType: string): Lowering<BinaryKernel> =>
  single<BinaryKernel>((graph, { a, b }) => graph.node(opType, [a, b]));

const tested = (opType: string): Lowering<UnaryKernel> =>
  single<UnaryKernel>((graph, { x }) => graph.node(opType, [x]));

export const comparison = {
  eq: compared("Equal"),
  ne: single((graph, { a, b }) => graph.node("Not", [graph.node("Equal", [a, b])])),
  lt: compared("Less"),
  le: compared("LessOrEqual"),
  gt: compared("Greater"),
  ge: compared("GreaterOrEqual"),
  logicalAnd: compared("And"),
  logicalOr: compared("Or"),
  logicalNot: tested("Not"),
  isnan: tested("IsNaN"),
  isinf: tested("IsInf"),
  isfinite: single((graph, { x }) => {
    const bad = graph.node("Or", [graph.node("IsNaN", [x]), graph.node("IsInf", [x])]);
    return graph.node("Not", [bad]);
  }),
  where: single((graph, { condition, a, b }) => choose(graph, condition, a, b)),
} satisfies Partial<Lowerings>;
