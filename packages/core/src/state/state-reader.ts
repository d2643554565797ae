import { isObject } from "../base/callable.ts";
import type { DType } from "../base/dtype.ts";
import { KindlingError, ValueError } from "../base/errors.ts";
import { pythonType } from "../base/python-repr.ts";
import { type Shape, sameShape } from "../base/shape.ts";
import { isThenable } from "../base/thenable.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { describeTensor, describeValue, listed, shortened } from "./describe-value.ts";

/** Which numbers are accepted. */
export interface NumberRange {
  readonly min?: number;
  /** Whole numbers only. Default: false. */
  readonly integer?: boolean;
  /** NaN is a value like any other. Default: false. */
  readonly nan?: boolean;
  /** A tensor without dimensions counts as its element, as PyTorch saves counts. Default: false. */
  readonly scalar?: boolean;
}

const WAY_OUT = "Pass what stateDict() of the same kind of object returned.";

/**
 * A dictionary that comes from outside (a state dict, a file), read key by key. Each method returns what is under a key, typed, or
 * throws a ValueError that names the path to it: `state.0.exp_avg: expected a float32 tensor of shape [4, 3], got null`.
 *
 * A `loadStateDict` reads everything before it changes anything, so that a refused state leaves the object as it was:
 *
 * ```ts
 * loadStateDict(state: MetricState): void {
 *   const saved = new StateReader("Mean.loadStateDict", state);
 *   const [sum, weight] = [saved.number("sum", { nan: true }), saved.number("weight")];
 *   this.sum.reset(sum);
 *   this.weight.reset(weight);
 * }
 * ```
 *
 * Only keys of the dictionary itself count: `constructor` and `__proto__` are missing like any other name.
 *
 * @throws ValueError `Expected state_dict to be dict-like, got <class 'NoneType'>`
 */
export class StateReader {
  readonly #op: string;
  readonly #path: string;
  readonly #entries: Readonly<Record<string, unknown>>;

  /** @param path where `value` is in the whole state; empty for the whole */
  constructor(op: string, value: unknown, path = "") {
    this.#op = op;
    this.#path = path;
    if (isDictionary(value)) {
      this.#entries = value;
      return;
    }
    if (path !== "") throw this.#wrong(path, "an object", value);
    throw new ValueError(
      op,
      `Expected state_dict to be dict-like, got <class '${typeName(value)}'>`,
      "",
      isThenable(value) ? "Await it first." : WAY_OUT,
    );
  }

  keys(): string[] {
    return Object.keys(this.#entries);
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#entries, key);
  }

  /** The value under `key`, whatever it is. @throws ValueError `Missing key(s) in state_dict: "base_lrs"` */
  value(key: string): unknown {
    if (this.has(key)) return this.#entries[key];
    const keys = this.keys();
    throw new ValueError(
      this.#op,
      `Missing key(s) in state_dict: "${this.path(key)}"`,
      keys.length === 0 ? "there are none" : `there are ${listed(keys)}`,
      WAY_OUT,
    );
  }

  number(key: string, range: NumberRange = {}): number {
    const given = this.value(key);
    const value = range.scalar === true && isTensor(given) && given.ndim === 0 ? given.itemSync() : given;
    if (isNumber(value, range)) return value;
    throw this.#wrong(this.path(key), describeRange(range), value);
  }

  /** A whole number from 0 on. */
  count(key: string): number {
    return this.number(key, { min: 0, integer: true });
  }

  boolean(key: string): boolean {
    const value = this.value(key);
    if (typeof value === "boolean") return value;
    throw this.#wrong(this.path(key), "true or false", value);
  }

  string(key: string): string {
    const value = this.value(key);
    if (typeof value === "string") return value;
    throw this.#wrong(this.path(key), "a string", value);
  }

  bytes(key: string): Uint8Array {
    const value = this.value(key);
    if (value instanceof Uint8Array) return value;
    throw this.#wrong(this.path(key), "bytes (a Uint8Array)", value);
  }

  /** A tensor that has not been freed, of this shape and dtype where they are given. */
  tensor(key: string, { shape, dtype }: { readonly shape?: Shape; readonly dtype?: DType } = {}): Tensor {
    const value = this.value(key);
    const fits =
      isTensor(value) &&
      (shape === undefined || sameShape(value.shape, shape)) &&
      (dtype === undefined || value.dtype === dtype);
    if (!fits) throw this.#wrong(this.path(key), describeTensor(dtype, shape), value);
    value.check(this.#op);
    return value;
  }

  list(key: string, length?: number): readonly unknown[] {
    const value = this.value(key);
    if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
    throw this.#wrong(this.path(key), length === undefined ? "an array" : `an array of ${length}`, value);
  }

  numbers(key: string, { length, ...range }: NumberRange & { readonly length?: number } = {}): readonly number[] {
    return this.list(key, length).map((value, i) => {
      if (isNumber(value, range)) return value;
      throw this.#wrong(this.path(`${key}.${i}`), describeRange(range), value);
    });
  }

  /** The dictionary under `key`, to be read in its turn. */
  object(key: string): StateReader {
    return new StateReader(this.#op, this.value(key), this.path(key));
  }

  /** The dictionaries in the list under `key`. */
  objects(key: string): StateReader[] {
    return this.list(key).map((value, i) => new StateReader(this.#op, value, this.path(`${key}.${i}`)));
  }

  /**
   * A value of the same kind as `example`: a number (NaN only where the example is), a boolean, a string, a tensor, a function, an array
   * with elements like the example's first, a dictionary, a `Map`, ... Where the example is null or undefined, anything.
   */
  like<V>(key: string, example: V): V {
    const value = this.value(key);
    const problem = differenceInKind(value, example);
    if (problem === null) return value as V;
    throw this.#wrong(this.path(key + problem.inside), problem.expected, problem.value);
  }

  /** @throws ValueError `Unexpected key(s) in state_dict: "generator"` for keys that are not among `known` */
  only(known: readonly string[]): void {
    const unexpected = this.keys().filter((key) => !known.includes(key));
    if (unexpected.length === 0) return;
    const named = unexpected.slice(0, 8).map((key) => `"${this.path(key)}"`);
    throw new ValueError(this.#op, `Unexpected key(s) in state_dict: ${named.join(", ")}`, "", WAY_OUT);
  }

  /** The error for a value under `key` that breaks a rule: `param_groups.0.lr: Invalid learning rate: -1`. */
  broken(key: string, rule: string, wayOut = WAY_OUT): ValueError {
    return new ValueError(this.#op, `${this.path(key)}: ${rule}`, "", wayOut);
  }

  /** Runs `load` over the value under `key`; what it refuses is reported with the path to the key. */
  within<R>(key: string, load: (value: unknown) => R): R {
    const value = this.value(key);
    try {
      return load(value);
    } catch (error) {
      throw located(error, this.#op, this.path(key));
    }
  }

  /** `state.0.exp_avg` of `exp_avg` in `state.0`. */
  path(key: string): string {
    const short = shortened(key);
    return this.#path === "" ? short : `${this.#path}.${short}`;
  }

  #wrong(path: string, expected: string, value: unknown): ValueError {
    return new ValueError(this.#op, `${path}: expected ${expected}, got ${describeValue(value)}`, "", WAY_OUT);
  }
}

/** An error of Kindling's with the place in front where it arose: `optimizer: SGD.loadStateDict: ...`; any other as it is. */
export function located(error: unknown, op: string, path: string): unknown {
  if (!(error instanceof KindlingError)) return error;
  const said = new ValueError(op, `${path}: ${error.message}`);
  said.cause = error;
  return said;
}

/** An object whose keys are data: no array, tensor, Map or typed array. */
function isDictionary(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  return !isTensor(value) && !isThenable(value) && !(value instanceof Map) && !(value instanceof Set);
}

function typeName(value: unknown): string {
  const plain = !isObject(value) || Array.isArray(value);
  return plain ? pythonType(value) : value.constructor.name;
}

function isNumber(value: unknown, { min = -Infinity, integer = false, nan = false }: NumberRange): value is number {
  if (typeof value !== "number") return false;
  if (Number.isNaN(value)) return nan;
  return value >= min && (!integer || Number.isInteger(value));
}

function describeRange({ min, integer = false }: NumberRange): string {
  const kind = integer ? "a whole number" : "a number";
  return min === undefined ? kind : `${kind} from ${min} on`;
}

interface Difference {
  /** Where in the value: `.1` for an element. */
  readonly inside: string;
  readonly expected: string;
  readonly value: unknown;
}

/** The reason why `value` is not of the kind of `example`; null if it is. */
function differenceInKind(value: unknown, example: unknown): Difference | null {
  const differs = (expected: string): Difference => ({ inside: "", expected, value });
  if (example === null || example === undefined) return null;
  if (typeof example === "number") return isNumber(value, { nan: Number.isNaN(example) }) ? null : differs("a number");
  if (typeof example === "boolean") return typeof value === "boolean" ? null : differs("true or false");
  if (typeof example === "string") return typeof value === "string" ? null : differs("a string");
  if (isTensor(example)) return isTensor(value) ? null : differs("a tensor");
  if (isDictionary(example)) return isDictionary(value) ? null : differs("an object");
  if (!Array.isArray(example)) return tagOf(value) === tagOf(example) ? null : differs(`a ${tagOf(example)}`);
  if (!Array.isArray(value)) return differs("an array");
  for (const [i, element] of value.entries()) {
    const inside = differenceInKind(element, example[0]);
    if (inside !== null) return { ...inside, inside: `.${i}${inside.inside}` };
  }
  return null;
}

/** `function`, `bigint`, `Map`, `Float32Array`: of this realm or another. */
function tagOf(value: unknown): string {
  return typeof value === "object" ? Object.prototype.toString.call(value).slice("[object ".length, -1) : typeof value;
}
