import { isObject } from "../base/callable.ts";
import { ArgumentTypeError } from "../base/errors.ts";
import { pythonType } from "../base/python-repr.ts";
import { isThenable } from "../base/thenable.ts";
import { isTensor, type Tensor } from "./tensor.ts";

/**
 * Refuses an operand that is not a tensor.
 *
 * @param name PyTorch's name of the parameter
 * @param position where it stands among PyTorch's parameters, from 1
 * @throws ArgumentTypeError `linear(): argument 'input' (position 1) must be Tensor, not list`
 */
export function checkTensor(op: string, value: unknown, name = "input", position = 1): asserts value is Tensor {
  if (!isTensor(value)) throw notATensor(op, value, name, position);
}

/** Refuses an operand that is neither a tensor nor a number. */
export function checkOperand(
  op: string,
  value: unknown,
  name = "other",
  position = 2,
): asserts value is Tensor | number {
  if (typeof value === "number" || typeof value === "boolean" || isTensor(value)) return;
  throw notATensor(op, value, name, position);
}

/**
 * Refuses what is not a list of tensors.
 *
 * @throws ArgumentTypeError `cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor`
 */
export function checkTensorList(op: string, value: unknown): asserts value is readonly Tensor[] {
  const call = torchName(op);
  if (!Array.isArray(value)) {
    const rule = `${call}(): argument 'tensors' (position 1) must be tuple of Tensors, not ${kindOf(value)}`;
    throw new ArgumentTypeError(op, rule, "", `Put them in an array: ${op}([a, b]).`);
  }
  const wrong = value.findIndex((item) => !isTensor(item));
  if (wrong < 0) return;
  const rule = `expected Tensor as element ${wrong} in argument 0, but got ${kindOf(value[wrong])}`;
  throw new ArgumentTypeError(op, rule, "", wayToTensor(value[wrong]));
}

/**
 * Refuses what is not a list: an array, or a typed array.
 *
 * @param position where it stands among PyTorch's parameters, from 1
 * @param of what the list holds: `ints`
 * @throws ArgumentTypeError `permute(): argument 'dims' (position 2) must be tuple of ints, not int`
 */
export function checkList(
  op: string,
  value: unknown,
  { name, position = 1, of = "ints", wayOut }: ListArgument,
): asserts value is readonly unknown[] {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return;
  const rule = `${torchName(op)}(): argument '${name}' (position ${position}) must be tuple of ${of}, not ${kindOf(value)}`;
  throw new ArgumentTypeError(op, rule, "", wayOut);
}

/**
 * Refuses what is not a list of whole numbers.
 *
 * @throws ArgumentTypeError `reshape(): argument 'shape' (position 2) must be tuple of ints, but found element of type float at pos 0`
 */
export function checkInts(op: string, value: unknown, argument: ListArgument): asserts value is readonly number[] {
  checkList(op, value, argument);
  for (let i = 0; i < value.length; i++) if (!Number.isSafeInteger(value[i])) throw notAnInt(op, value[i], i, argument);
}

function notAnInt(op: string, value: unknown, at: number, { name, position = 1, wayOut }: ListArgument) {
  const argument = `${torchName(op)}(): argument '${name}'`;
  const unpacking = `${argument} failed to unpack the object at pos ${at + 1} with error`;
  const found = kindOf(value);
  const rule =
    found === "int"
      ? `${unpacking} "Overflow when unpacking long long"`
      : at === 0
        ? `${argument} (position ${position}) must be tuple of ints, but found element of type ${found} at pos 0`
        : `${unpacking} "type must be tuple of ints,but got ${found}"`;
  return new ArgumentTypeError(op, rule, "", wayOut);
}

/**
 * Refuses what is not a whole number.
 *
 * @throws ArgumentTypeError `narrow(): argument 'length' (position 4) must be int, not float`
 */
export function checkInt(op: string, value: unknown, name: string, position: number): asserts value is number {
  if (Number.isInteger(value)) return;
  const rule = `${torchName(op)}(): argument '${name}' (position ${position}) must be int, not ${kindOf(value)}`;
  throw new ArgumentTypeError(op, rule, "", "Give a whole number.");
}

/**
 * Whole numbers as methods take them, one after the other or as one list: `x.permute(1, 0)`, `x.permute([1, 0])`.
 *
 * @throws ArgumentTypeError for anything else
 */
export function numbersOf(
  op: string,
  given: readonly (number | readonly number[])[],
  argument: ListArgument,
): readonly number[] {
  const lone = given.length === 1 && !Number.isInteger(given[0]);
  const numbers: unknown = lone ? given[0] : given;
  checkInts(op, numbers, argument);
  return lone ? [...numbers] : numbers;
}

/**
 * Refuses what is not a number. Booleans are numbers, as in Python.
 *
 * @throws ArgumentTypeError `fill_(): argument 'value' (position 2) must be Number, not str`
 */
export function checkNumber(op: string, value: unknown, name: string, position: number): asserts value is number {
  if (typeof value === "number" || typeof value === "boolean") return;
  const rule = `${torchName(op)}(): argument '${name}' (position ${position}) must be Number, not ${kindOf(value)}`;
  throw new ArgumentTypeError(op, rule, "", isTensor(value) ? "Read it first: await x.item()." : "Give a number.");
}

/**
 * @internal The error for what is neither of the kinds that a parameter takes: `clamp() received an invalid combination of arguments - got
 * (Tensor, str)`.
 */
export function invalidCombination(op: string, given: readonly unknown[], wayOut: string): ArgumentTypeError {
  const kinds = given.map(kindOf).join(", ");
  const rule = `${torchName(op)}() received an invalid combination of arguments - got (${kinds})`;
  return new ArgumentTypeError(op, rule, "", wayOut);
}

/** A parameter that takes a list. */
export interface ListArgument {
  readonly name: string;
  /** Default: 1. */
  readonly position?: number;
  /** Default: `ints`. */
  readonly of?: string;
  readonly wayOut: string;
}

/** @internal The error for an operand that is not a tensor. */
export function notATensor(op: string, value: unknown, name = "input", position = 1): ArgumentTypeError {
  return new ArgumentTypeError(
    op,
    `${torchName(op)}(): argument '${name}' (position ${position}) must be Tensor, not ${kindOf(value)}`,
    "",
    wayToTensor(value),
  );
}

/** A name as PyTorch's messages write it: `convTranspose2d` is `conv_transpose2d`, `LayerNorm` itself. */
export function torchName(op: string): string {
  if (/^[A-Z]/.test(op)) return op;
  return op.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The type of an argument, as Python's messages call it. */
export function kindOf(value: unknown): string {
  return isObject(value) && !Array.isArray(value) ? (value.constructor?.name ?? "object") : pythonType(value);
}

function wayToTensor(value: unknown): string {
  if (isThenable(value)) return "Await it first.";
  if (Array.isArray(value))
    return value.some(isTensor) ? "Join them: stack([...]) or cat([...])." : "Make one: tensor([...]).";
  if (typeof value === "number" || typeof value === "boolean") return `Make one: tensor(${value}).`;
  if (ArrayBuffer.isView(value)) return "Make one: tensor(array), or fromBuffer(array, shape).";
  return "Make one: tensor([...]).";
}
