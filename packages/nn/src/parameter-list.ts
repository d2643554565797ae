import { isTensor, type Tensor, ValueError } from "@kindling/core";
import { describeValue, isObject } from "@kindling/core/extend";

/**
 * The tensors of an argument like `net.parameters()`; a single tensor is a list of one.
 *
 * @throws ValueError for anything else
 */
export function parameterList(op: string, parameters: Tensor | Iterable<Tensor>): readonly Tensor[] {
  if (isTensor(parameters)) return [parameters];
  const iterable = isObject(parameters) && Symbol.iterator in parameters;
  const list: readonly unknown[] = iterable ? [...parameters] : [];
  if (iterable && list.every(isTensor)) return list;
  const got = `got ${describeValue(list.find((item) => !isTensor(item)) ?? parameters)}`;
  throw new ValueError(op, "parameters must be a Tensor or an iterable of Tensors", got, "Pass net.parameters().");
}
