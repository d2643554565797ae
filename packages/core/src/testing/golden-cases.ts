import type { Device } from "../device/device.ts";
import { NARROW_DTYPES } from "../device/dtypes.ts";
import type { KernelName } from "../device/kernels.ts";
import * as core from "../index.ts";
import { scope } from "../scope/scope.ts";
import { isTensor, Tensor } from "../tensor/tensor.ts";
import { fromGolden, type GoldenTensor, goldenNumber } from "./golden.ts";
import { goldenFiles } from "./golden-files.ts";

/** One call of an op with what PyTorch gives for it. */
export interface GoldenCase {
  readonly op: string;
  readonly inputs: readonly GoldenTensor[];
  readonly args: readonly unknown[];
  /** The inputs are one argument, a list. */
  readonly list?: boolean;
  readonly outputs?: readonly GoldenTensor[];
  /** What it gives where that is no tensor. */
  readonly result?: boolean;
  /** What the first output is multiplied with, before it is summed and differentiated. */
  readonly weight?: GoldenTensor;
  /** The gradient of each input; null for what has none. */
  readonly grads?: readonly (GoldenTensor | null)[];
}

/** One call that PyTorch refuses, and how. */
export interface GoldenError {
  readonly op: string;
  readonly inputs: readonly GoldenTensor[];
  readonly args: readonly unknown[];
  readonly list?: boolean;
  readonly type: string;
  readonly message: string;
}

/** A call that PyTorch accepts and Kindling does not yet. */
export interface RefusedSample extends GoldenCase {
  readonly reason: string;
}

/** A file has what its kind of op has. */
interface GoldenFile {
  readonly cases?: readonly GoldenCase[];
  readonly errors?: readonly GoldenError[];
  /** Calls whose results are held to a relative tolerance, however small they are. */
  readonly precise?: readonly GoldenCase[];
  readonly samples?: readonly GoldenCase[];
  readonly refused?: readonly RefusedSample[];
}

// JSON has no tuples and no literal types: what TypeScript infers is wider.
const files: readonly unknown[] = goldenFiles;
const all = files as readonly GoldenFile[];

export const goldenCases: readonly GoldenCase[] = all.flatMap(({ cases = [] }) => cases);
export const goldenErrors: readonly GoldenError[] = all.flatMap(({ errors = [] }) => errors);
/** PyTorch's own sample inputs: more calls for the golden laws, which the other laws have no need of. */
export const sampleCases: readonly GoldenCase[] = all.flatMap(({ samples = [] }) => samples);
/** Calls near 0 and in the tails of functions. */
export const preciseCases: readonly GoldenCase[] = all.flatMap(({ precise = [] }) => precise);
export const refusedSamples: readonly RefusedSample[] = all.flatMap(({ refused = [] }) => refused);

type Call = Pick<GoldenCase, "op" | "inputs" | "args" | "list">;

/** `add([2, 3], [3], 1)`: for names of tests. */
export function describeCall({ op, inputs, args }: Call): string {
  const tensors = inputs.map((input) => `${input.dtype === "float32" ? "" : input.dtype}[${input.shape}]`);
  return `${op}(${[...tensors, ...args.map((arg) => JSON.stringify(arg))].join(", ")})`;
}

/** The inputs of a case on `device`. */
export function inputsOf(call: Call, device: Device): Tensor[] {
  return call.inputs.map((input) => fromGolden(input, device));
}

/** Ops whose result is as large as the numbers say, or is no tensor: they read their inputs, which not every device can do at once. */
const READING: ReadonlySet<string> = new Set(["allclose", "equal", "full", "linspace", "maskedSelect", "nonzero"]);

/** Whether `device` can run an op at all; one that reads refuses on a device that can't be read without waiting. */
export function canRun({ op }: Pick<Call, "op">, device: Device): boolean {
  return device.downloadSync !== undefined || !READING.has(op);
}

/** Whether `device` has memory for all dtypes of a call. */
export function hasDTypes({ inputs, outputs = [] }: Pick<GoldenCase, "inputs" | "outputs">, device: Device): boolean {
  const { dtypes = NARROW_DTYPES } = device;
  return [...inputs, ...outputs].every(({ dtype }) => dtypes.has(dtype));
}

/** Whether `fn` asks for `float64` of a kernel that `device` says to compute in single precision only. */
export function isRefusedInDoubles(fn: () => unknown, device: Device): boolean {
  if (device.singleOnly === undefined) return false;
  try {
    scope(fn);
    return false;
  } catch (error) {
    const kernel = /^(\w+): "\1" not implemented for 'float64'/.exec((error as Error).message)?.[1];
    return kernel !== undefined && device.singleOnly.has(kernel as KernelName);
  }
}

type AnyFunction = (...args: unknown[]) => unknown;

/** What is exported under the name of an op, or the tensor's method of that name. */
function functionOf(op: string): AnyFunction | undefined {
  const all: Readonly<Record<string, unknown>> = core;
  const exported = all[op];
  return typeof exported === "function" ? (exported as AnyFunction) : undefined;
}

function methodOf(op: string): AnyFunction | undefined {
  // Names that only PyTorch has are getters, which throw.
  const found: unknown = Object.getOwnPropertyDescriptor(Tensor.prototype, op)?.value;
  return typeof found === "function" ? (found as AnyFunction) : undefined;
}

/** Whether a call by this name is possible at all. */
export function isKnown(op: string): boolean {
  return functionOf(op) !== undefined || methodOf(op) !== undefined;
}

/** An argument that is an input. */
interface Reference {
  readonly input: number;
}

export function isReference(arg: unknown): arg is Reference {
  return typeof arg === "object" && arg !== null && typeof (arg as Partial<Reference>).input === "number";
}

interface Word {
  readonly number: string;
}

function isWord(arg: unknown): arg is Word {
  return typeof arg === "object" && arg !== null && typeof (arg as Partial<Word>).number === "string";
}

/** A number for which JSON has none: `{ "number": "inf" }`. */
function argumentOf(arg: unknown): unknown {
  return isWord(arg) ? goldenNumber(arg.number) : arg;
}

/**
 * Calls the op of a case. An input that the arguments refer to stands where they say; the others come in front. Ops
 * without inputs make their result on `device`.
 */
export function callOp(call: Call, inputs: readonly Tensor[], device: Device): unknown {
  const { op, list } = call;
  const referred = new Set(call.args.filter(isReference).map(({ input }) => input));
  const args = call.args.map((arg) => (isReference(arg) ? inputs[arg.input] : argumentOf(arg)));
  const front = inputs.filter((_, i) => !referred.has(i));
  const fn = functionOf(op);
  if (list === true) return (fn as AnyFunction)(front, ...args);
  if (inputs.length === 0) return (fn as AnyFunction)(...onDevice(args, device));
  // The condition comes first, as in torch.where, and a number in `mul(2, x)`.
  if (op === "where" || front.length === 0) return (fn as AnyFunction)(...front, ...args);
  const method = methodOf(op);
  if (method !== undefined) return method.apply(front[0], [...front.slice(1), ...args]);
  return (fn as AnyFunction)(...front, ...args);
}

function onDevice(args: readonly unknown[], device: Device): unknown[] {
  const last = args.at(-1);
  const options = typeof last === "object" && last !== null && !Array.isArray(last) ? last : undefined;
  return [...(options === undefined ? args : args.slice(0, -1)), { ...options, device }];
}

/** The tensors in what an op gives: itself, or a list of them. */
export function outputsOf(result: unknown): Tensor[] {
  if (isTensor(result)) return [result];
  return Array.isArray(result) ? result.filter(isTensor) : [];
}
