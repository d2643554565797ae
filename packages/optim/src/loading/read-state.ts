import { isTensor, type Shape, type Tensor } from "@kindling/core";
import { detachFromScope, isFloat, type StateReader } from "@kindling/core/extend";
import { fromWire, toWire } from "../wire-names.ts";

export type State = Record<string, Tensor | number | undefined>;

/** The state of a parameter before its first update: of tensors, only their shapes. */
export type ExampleState = Readonly<Record<string, { readonly shape: Shape } | number | undefined>>;

/**
 * Fills `into` with what was saved of a parameter. `first`, its state before the first update, says what must be there: a tensor of
 * the same shape, a number. What is undefined there comes with a later update and is like the parameter; PyTorch may save null for it.
 */
export function readState(into: State, saved: StateReader, parameter: Tensor, first: ExampleState): void {
  for (const [name, example] of Object.entries(first)) {
    const key = toWire(name);
    if (example === undefined && (!saved.has(key) || saved.value(key) === null)) continue;
    into[name] =
      typeof example === "number" ? numberOf(saved, key) : ownTensor(saved, key, parameter, example ?? parameter);
  }
  // An optimizer may remember more than `init` lists.
  for (const key of saved.keys()) {
    const value = saved.value(key);
    if (Object.hasOwn(first, fromWire(key)) || value === null) continue;
    const isNumber = typeof value === "number" || (isTensor(value) && value.ndim === 0 && parameter.ndim > 0);
    into[fromWire(key)] = isNumber ? numberOf(saved, key) : ownTensor(saved, key, parameter);
  }
}

function numberOf(saved: StateReader, key: string): number {
  return saved.number(key, key === "step" ? { scalar: true, min: 0, integer: true } : { scalar: true, nan: true });
}

/** A copy that belongs to the optimizer, on the parameter's device and, as in PyTorch, in its dtype. */
function ownTensor(saved: StateReader, key: string, parameter: Tensor, example?: { readonly shape: Shape }): Tensor {
  const { dtype, device } = parameter;
  const value = saved.tensor(key, { ...(example && { shape: example.shape }), ...(isFloat(dtype) && { dtype }) });
  const moved = value.to(dtype).to(device);
  return detachFromScope(moved === value ? value.clone() : moved);
}
