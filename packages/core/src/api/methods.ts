import { surplusArguments } from "../base/surplus-arguments.ts";
import { assignData, dataOf } from "../ops/data.ts";
import { inPlace } from "../ops/inplace.ts";
import { isTensor, Tensor } from "../tensor/tensor.ts";
import * as functions from "./functions.ts";
import { IN_PLACE } from "./in-place.ts";
import * as onlyMethods from "./only-methods.ts";

// The one place where functions become methods: ops know tensors, tensors do not know ops. Their types are in tensor-methods.ts.

/** A function of a tensor, whatever else it takes. */
type AnyFunction = (x: Tensor, ...rest: never[]) => unknown;

/** `f(x, ...rest)` as the method `x.f(...rest)`. */
function method(f: AnyFunction) {
  return function (this: Tensor, ...rest: never[]) {
    return f(this, ...rest);
  };
}

/** An argument, and if it is an options object what is in it: `x.clamp_({ min: y })`. */
function withOptions(argument: unknown): unknown[] {
  const plain = typeof argument === "object" && argument !== null && !isTensor(argument) && !Array.isArray(argument);
  return plain ? Object.values(argument) : [argument];
}

/** The method that leaves the result of `f` in the tensor. */
function changing(name: string, f: (x: Tensor, ...rest: never[]) => Tensor) {
  return function (this: Tensor, ...rest: never[]) {
    return inPlace(name, this, (x) => f(x, ...rest), { operands: rest.flatMap(withOptions) });
  };
}

const byName = { ...functions };
const { var_, where, ...alike } = byName;
for (const [name, f] of Object.entries<AnyFunction>({ ...alike, ...onlyMethods, var: var_ })) define(name, method(f));
for (const name of IN_PLACE) define(`${name}_`, changing(`${name}_`, byName[name]));
define("where", function (this: Tensor, condition: Tensor, other: Tensor | number) {
  if (arguments.length > 2) throw surplusArguments("where(condition, other)", arguments.length);
  return where(condition, this, other);
});

/** The transposes, which PyTorch has as attributes. */
const transposes = {
  T: (x: Tensor) =>
    functions.permute(
      x,
      Array.from({ length: x.ndim }, (_, i) => x.ndim - 1 - i),
    ),
  mT: (x: Tensor) => functions.transpose(x, -2, -1),
};
Object.defineProperty(Tensor.prototype, "data", {
  configurable: true,
  get(this: Tensor) {
    return dataOf(this);
  },
  set(this: Tensor, value: Tensor) {
    assignData(this, value);
  },
});
/** The rows, for loops. */
function* rows(this: Tensor): Generator<Tensor, void, undefined> {
  yield* functions.unbind(this);
}

// A scalar has none: JavaScript says that it is not iterable, and test runners, which compare iterables element by element, stop there.
Object.defineProperty(Tensor.prototype, Symbol.iterator, {
  configurable: true,
  get(this: Tensor) {
    return this.ndim === 0 ? undefined : rows;
  },
});
for (const [name, get] of Object.entries(transposes)) {
  Object.defineProperty(Tensor.prototype, name, {
    configurable: true,
    get(this: Tensor) {
      return get(this);
    },
  });
}

/** As a class defines its methods: writable, not enumerable, and called by its name in stack traces. */
function define(name: string, value: (this: Tensor, ...given: never[]) => unknown): void {
  Object.defineProperty(value, "name", { value: name, configurable: true });
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
}
