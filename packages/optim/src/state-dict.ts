import { isTensor, type Tensor, tensor } from "@kindling/core";
import type { ParamGroup } from "./param-group.ts";
import { toWire } from "./wire-names.ts";

/** A group as PyTorch saves it: options in snake_case, parameters as numbers. */
export interface WireGroup {
  readonly params: readonly number[];
  readonly [option: string]: unknown;
}

/** The form of PyTorch's `optimizer.state_dict()`. Entries of `state` appear with a parameter's first update. */
export interface OptimizerStateDict {
  readonly state: Readonly<Record<number, Readonly<Record<string, Tensor | number | null>>>>;
  readonly param_groups: readonly WireGroup[];
}

type Groups = readonly ParamGroup<object>[];
type State = Record<string, Tensor | number | undefined>;

/** The parameters of all groups, in the order of their numbers. */
function numbered(groups: Groups): Tensor[] {
  return [...new Set(groups.flatMap(({ params }) => params))];
}

/** State by number. The tensors share memory with the optimizer's; counts become tensors, as PyTorch has them. */
export function stateToWire(groups: Groups, state: ReadonlyMap<Tensor, State>): OptimizerStateDict["state"] {
  const out: Record<number, Record<string, Tensor>> = {};
  numbered(groups).forEach((parameter, i) => {
    const own = state.get(parameter);
    if (own === undefined) return;
    const entries = Object.entries(own).flatMap(([name, value]): [string, Tensor][] => {
      if (value === undefined) return [];
      return [[toWire(name), isTensor(value) ? value.detach() : tensor(value)]];
    });
    out[i] = Object.fromEntries(entries);
  });
  return out;
}

/** Options in snake_case, with those of PyTorch's that mean nothing here. */
export function groupsToWire(groups: Groups, inert: Readonly<Record<string, boolean | null>>): WireGroup[] {
  const all = numbered(groups);
  return groups.map(({ params, ...options }) => {
    const wire = Object.entries(options).map(([name, value]) => [toWire(name), value]);
    return { ...inert, ...Object.fromEntries(wire), params: params.map((parameter) => all.indexOf(parameter)) };
  });
}
