import type { Value } from "../graph-builder.ts";
import { choose } from "./conversion.ts";
import { type Lowering, single } from "./lowering.ts";

const compared = (opType: string): Lowering =>
  single((graph, { a, b }) => graph.node(opType, [a as Value, b as Value]));

const tested = (opType: string): Lowering => single((graph, { x }) => graph.node(opType, [x as Value]));

export const comparison: Readonly<Record<string, Lowering>> = {
  Equal: compared("Equal"),
  NotEqual: single((graph, { a, b }) => graph.node("Not", [graph.node("Equal", [a as Value, b as Value])])),
  Less: compared("Less"),
  LessEqual: compared("LessOrEqual"),
  Greater: compared("Greater"),
  GreaterEqual: compared("GreaterOrEqual"),
  LogicalAnd: compared("And"),
  LogicalOr: compared("Or"),
  LogicalNot: tested("Not"),
  IsNan: tested("IsNaN"),
  IsInf: tested("IsInf"),
  IsFinite: single((graph, { x }) => {
    const bad = graph.node("Or", [graph.node("IsNaN", [x as Value]), graph.node("IsInf", [x as Value])]);
    return graph.node("Not", [bad]);
  }),
  Select: single((graph, { condition, t, e }) => choose(graph, condition as Value, t as Value, e as Value)),
};
