import { surplusArguments } from "./surplus-arguments.ts";

/** The key of the method that a call of a {@link Callable} runs: Python's `__call__`. The same in every copy of this package. */
export const CALL: unique symbol = Symbol.for("kindling.call");

/**
 * The base of classes whose objects are called, as Python's with `__call__`: `net(x)` runs `net[CALL]([x])`.
 *
 * The constructor returns a function with the prototype of the class. Fields, methods, `#private` members, getters and `instanceof` work as
 * with any object; `typeof` says `"function"`. It is no Proxy, and makes no code from text.
 *
 * ```ts
 * class Scale extends Callable {
 *   factor = 2;
 *   protected override [CALL]([x]: [Tensor]): Tensor {
 *     return x.mul(this.factor);
 *   }
 * }
 * interface Scale {
 *   (x: Tensor): Tensor;
 * }
 * new Scale()(tensor([1, 2])); // tensor([2., 4.])
 * ```
 */
export abstract class Callable {
  constructor() {
    // A class without a constructor hands on what it was given.
    if (arguments.length > 0) throw surplusArguments(`new ${new.target.name}()`, arguments.length);
    // biome-ignore lint/correctness/noConstructorReturn: the object of a callable class is a function
    return Object.setPrototypeOf(newFunction(), new.target.prototype) as this;
  }

  protected abstract [CALL](inputs: readonly unknown[]): unknown;
}

interface Called {
  [CALL](inputs: readonly unknown[]): unknown;
}

/** A function without fields: its `name` and `length` would hide those of the class, and could not be assigned. */
function newFunction(): object {
  const call = (...inputs: unknown[]): unknown => (call as unknown as Called)[CALL](inputs); // the prototype has it
  Reflect.deleteProperty(call, "name");
  Reflect.deleteProperty(call, "length");
  return call;
}

/** Whether `value` is an object as programs see one: not a primitive and not a plain function; a `Callable` is an object. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" ? value !== null : typeof value === "function" && CALL in value;
}
