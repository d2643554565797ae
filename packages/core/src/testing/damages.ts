import { zeros } from "../api/creation.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";

/** A valid state with one thing wrong in it. */
export interface Damage {
  /** For messages: `state.0.exp_avg: null`. */
  readonly what: string;
  /** The keys that lead to the damage; empty for the whole state. */
  readonly path: readonly string[];
  /**
   * `missing`: a key was deleted. `kind`: a value has become something of another kind. `shape`: a tensor has another shape, bytes
   * another length. `value`: a number or tensor may still make sense, or not (NaN, -1, another dtype). `extra`: a key was added.
   */
  readonly sort: "missing" | "kind" | "shape" | "value" | "extra";
  readonly state: unknown;
}

type Replacement = readonly [text: string, sort: Damage["sort"], value: unknown];

/** What takes the place of any value, unless it is of the same kind. */
const ANYTHING: readonly Replacement[] = [
  ["null", "kind", null],
  ["undefined", "kind", undefined],
  ["'damaged'", "kind", "damaged"],
  ["[]", "kind", []],
  ["{}", "kind", {}],
  ["true", "kind", true],
  ["NaN", "kind", Number.NaN],
  ["-1", "kind", -1],
];

/**
 * Every way to damage a state in one place: each key deleted, each value replaced by null, NaN, a string, an empty array, a number
 * out of range, a tensor of another shape or dtype, and `__proto__` and `constructor` added. The valid state stays as it is.
 */
export function* damagesOf(state: unknown): Generator<Damage> {
  yield* damagesAt(state, [], (value) => value);
}

function* damagesAt(value: unknown, path: readonly string[], whole: (value: unknown) => unknown): Generator<Damage> {
  const damage = (sort: Damage["sort"], text: string, damaged: unknown, key?: string): Damage => {
    const at = key === undefined ? path : [...path, key];
    return { what: `${at.join(".") || "the state"}: ${text}`, path: at, sort, state: whole(damaged) };
  };
  for (const [text, sort, replacement] of [...ANYTHING, ...replacementsFor(value)]) {
    if (kindOf(replacement) !== kindOf(value) || sort !== "kind") yield damage(sort, text, replacement);
  }
  if (Array.isArray(value)) {
    if (value.length > 0) yield damage("shape", "one element less", value.slice(1));
    yield damage("shape", "one element more", [...value, value[0]]);
    for (const [i, element] of value.entries()) {
      yield* damagesAt(element, [...path, String(i)], (other) => whole(value.with(i, other)));
    }
  }
  if (kindOf(value) !== "object") return;
  const entries = Object.entries(value as object);
  for (const [key, part] of entries) {
    const rest = entries.filter(([name]) => name !== key);
    yield damage("missing", "deleted", Object.fromEntries(rest), key);
    // In its old place: the order of keys is not what is tried here.
    const replaced = (other: unknown) =>
      Object.fromEntries(entries.map((entry) => (entry[0] === key ? [key, other] : entry)));
    yield* damagesAt(part, [...path, key], (other) => whole(replaced(other)));
  }
  for (const key of ["__proto__", "constructor"]) {
    yield damage("extra", "added", Object.fromEntries([...entries, [key, { polluted: true }]]), key);
  }
}

function replacementsFor(value: unknown): Replacement[] {
  if (typeof value === "number") {
    return [
      ["NaN", "value", Number.NaN],
      ["-1", "value", -1],
      ["0.5", "value", 0.5],
      ["huge", "value", Number.MAX_VALUE],
      ["Infinity", "value", Number.POSITIVE_INFINITY],
    ];
  }
  if (value instanceof Uint8Array) {
    return [
      ["cut off", "shape", value.slice(0, -1)],
      ["no bytes", "shape", new Uint8Array()],
      ["zeros", "value", new Uint8Array(value.length)],
    ];
  }
  return isTensor(value) ? tensorsFor(value) : [];
}

function tensorsFor({ shape, dtype }: Tensor): Replacement[] {
  const make = (sizes: readonly number[], kind: Tensor["dtype"]) => zeros(sizes, { dtype: kind, device: cpu });
  const freed = make(shape, dtype);
  freed.dispose();
  return [
    ["a dimension more", "shape", make([2, ...shape], dtype)],
    ["another size", "shape", make(shape.length === 0 ? [3] : shape.map((size) => size + 1), dtype)],
    ["another dtype", "value", make(shape, dtype === "bool" ? "float32" : "bool")],
    ["a freed tensor", "kind", freed],
  ];
}

/** Numbers are of one kind, whatever their value. */
function kindOf(value: unknown): string {
  if (isTensor(value)) return "tensor";
  if (value instanceof Uint8Array) return "bytes";
  if (value === null || Array.isArray(value)) return value === null ? "null" : "array";
  return typeof value;
}
