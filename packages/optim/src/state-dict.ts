import { isTensor, markPersistent, type Tensor, tensor, ValueError } from "@kindling/core";
import type { ParamGroup } from "./param-group.ts";
import { fromWire, toWire } from "./wire-names.ts";

/** A group as PyTorch saves it: options in snake_case, parameters as numbers. */
export interface WireGroup {
  readonly params: readonly number[];
  readonly [option: string]: unknown;
}

/** What PyTorch's `optimizer.state_dict()` is. Entries of `state` appear with a parameter's first update. */
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

/** Throws for what is no state dict of an optimizer: of a network, say. */
function checkKeys(op: string, stateDict: OptimizerStateDict): void {
  for (const [key, holds] of [
    ["param_groups", Array.isArray(stateDict?.param_groups)],
    ["state", typeof stateDict?.state === "object" && stateDict.state !== null],
  ] as const) {
    if (holds) continue;
    const keys = Object.keys(stateDict ?? {}).slice(0, 3);
    throw new ValueError(
      op,
      `KeyError: '${key}'`,
      keys.length === 0 ? "the state dict is empty" : `the state dict has ${keys.join(", ")}`,
      "Give what stateDict() of an optimizer gave.",
    );
  }
}

/** Throws where a state dict has groups of other sizes. */
export function checkGroups(op: string, groups: Groups, stateDict: OptimizerStateDict): void {
  checkKeys(op, stateDict);
  const { param_groups: saved } = stateDict;
  if (saved.length !== groups.length) {
    const rule = "loaded state dict has a different number of parameter groups";
    throw new ValueError(
      op,
      rule,
      `${saved.length} instead of ${groups.length}`,
      "Make the optimizer with the same groups first.",
    );
  }
  groups.forEach(({ params }, i) => {
    const count = saved[i]?.params?.length;
    if (count === params.length) return;
    throw new ValueError(
      op,
      "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
      `group ${i} has ${count} instead of ${params.length} parameters`,
      "Make the optimizer over the same network first.",
    );
  });
}

/** State by parameter: copies, on the parameter's device and in its dtype; counts become numbers again. */
export function stateFromWire(groups: Groups, { state, param_groups }: OptimizerStateDict): Map<Tensor, State> {
  const byNumber = new Map<number, Tensor>();
  groups.forEach(({ params }, g) => {
    for (const [i, parameter] of params.entries()) byNumber.set(param_groups[g]?.params[i] ?? -1, parameter);
  });
  const out = new Map<Tensor, State>();
  for (const [number, own] of Object.entries(state)) {
    const parameter = byNumber.get(Number(number));
    if (parameter === undefined) continue;
    const entries = Object.entries(own).flatMap(([name, value]): [string, Tensor | number][] => {
      if (value === null || value === undefined) return [];
      return [[fromWire(name), isTensor(value) ? ownCopy(name, value, parameter) : value]];
    });
    out.set(parameter, Object.fromEntries(entries));
  }
  return out;
}

function ownCopy(name: string, value: Tensor, parameter: Tensor): Tensor | number {
  const isCount = value.ndim === 0 && (name === "step" || parameter.ndim > 0);
  if (isCount) return value.itemSync();
  const converted = value.to(parameter.dtype);
  const moved = converted.to(parameter.device);
  if (moved !== converted && converted !== value) converted.dispose();
  return markPersistent(moved === value ? value.clone() : moved);
}

/** Options by our names, without the numbers of parameters and what means nothing here. */
export function groupFromWire(
  group: WireGroup,
  inert: Readonly<Record<string, boolean | null>>,
): Record<string, unknown> {
  const entries = Object.entries(group).filter(([name]) => name !== "params" && !Object.hasOwn(inert, name));
  return Object.fromEntries(entries.map(([name, value]) => [fromWire(name), value]));
}
