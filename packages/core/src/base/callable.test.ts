import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { CALL, Callable, isObject } from "./callable.ts";

// biome-ignore lint/correctness/noUnusedVariables: it is the type of calls of the class
interface Scale {
  // biome-ignore lint/style/useShorthandFunctionType: a type cannot be merged with the class
  (x: number): number;
}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface says what a call takes
class Scale extends Callable {
  static readonly kind = "scale";
  factor = 2;
  #calls = 0;

  get calls(): number {
    return this.#calls;
  }

  protected override [CALL]([x]: [number]): number {
    this.#calls += 1;
    return x * this.factor;
  }

  override toString(): string {
    return `Scale(${this.factor})`;
  }
}

class Named extends Scale {
  override name = "named";
  override length = 7;
}

class Getter extends Scale {
  override get name(): string {
    return "from a getter";
  }
}

/** Classes that nothing compiled, and whose fields are assigned in the constructor. */
const js = new Function(
  "Scale",
  `"use strict";
  class Net extends Scale {
    constructor() {
      super();
      this.name = "net";
      this.length = 3;
    }
  }
  class Declared extends Scale { name = "declared"; length = 4; call = 1; bind = 2; prototype = 5; arguments = 6; caller = 7; }
  return { Net, Declared };`,
)(Scale) as Record<"Net" | "Declared", new () => Scale & Record<string, unknown>>;

describe("an object that is called", () => {
  test("is a function of its class, with fields, methods, getters and private members", () => {
    const scale = new Scale();
    expect([scale(3), scale(4), scale.calls]).toEqual([6, 8, 2]);
    scale.factor = 10;
    expect(scale(3)).toBe(30);
    expect([typeof scale, scale instanceof Scale, scale instanceof Callable, scale instanceof Function]).toEqual([
      "function",
      true,
      true,
      false,
    ]);
    expect([Object.getPrototypeOf(scale), scale.constructor, Scale.kind]).toEqual([Scale.prototype, Scale, "scale"]);
    expect([String(scale), `${scale}`]).toEqual(["Scale(10)", "Scale(10)"]);
  });

  test("has the fields of its class and no others", () => {
    const scale = new Scale();
    expect(Reflect.ownKeys(scale)).toEqual(["factor"]);
    expect(["name", "length", "call", "bind", "prototype", "arguments"].filter((key) => key in scale)).toEqual([]);
    expect({ ...scale }).toEqual({ factor: 2 });
  });

  test("fields may be called name and length, in classes of TypeScript and of plain JavaScript", () => {
    expect(Object.entries(new Named())).toEqual([
      ["factor", 2],
      ["name", "named"],
      ["length", 7],
    ]);
    expect(new Getter().name).toBe("from a getter");
    expect(Object.entries(new js.Net())).toEqual([
      ["factor", 2],
      ["name", "net"],
      ["length", 3],
    ]);
    const declared = new js.Declared();
    expect(Object.keys(declared)).toEqual("factor name length call bind prototype arguments caller".split(" "));
    expect([declared.name, declared.length, declared(3)]).toEqual(["declared", 4, 6]);
  });

  test("is itself in each call, on whatever it is called", () => {
    const [one, other] = [new Scale(), new Named()];
    other.factor = 5;
    expect([Reflect.apply(one, other, [1]), { other: one }.other(1), [1, 2].map((x) => other(x))]).toEqual([
      2,
      2,
      [5, 10],
    ]);
    expect([one.calls, other.calls]).toEqual([2, 2]);
  });

  test("its class needs new, and a subclass may give something else", () => {
    expect(() => (Scale as unknown as () => void)()).toThrow("Class constructor Scale cannot be invoked without 'new'");
    const shared = new Scale();
    class Shared extends Scale {
      constructor() {
        super();
        // biome-ignore lint/correctness/noConstructorReturn: what is tried
        return shared;
      }
    }
    expect(new Shared()).toBe(shared);
    expect(Reflect.construct(Scale, [], Named)).toBeInstanceOf(Named);
  });

  test("is no data: it is not cloned, and inspected by what its class says", () => {
    expect(() => structuredClone(new Scale())).toThrow("could not be cloned");
    expect(inspect({ scale: Object.assign(new Scale(), { [inspect.custom]: () => "Scale!" }) })).toBe(
      "{ scale: Scale! }",
    );
  });

  test("isObject: callable objects are objects, plain functions are not", () => {
    expect([new Scale(), {}, [], new Map()].map(isObject)).toEqual([true, true, true, true]);
    expect([Scale, () => 1, null, undefined, 3, "x", Symbol()].some(isObject)).toBe(false);
  });
});
