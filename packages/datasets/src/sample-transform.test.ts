import { ones, type Tensor } from "@kindling/core";
import { CALL, Callable } from "@kindling/core/extend";
import { describe, expect, test } from "vitest";
import { batchTransform, describeTransform, toFunction } from "./sample-transform.ts";

/** As those of the package transforms: a function by its type, with a `batch` and a print form. */
class Double extends Callable {
  protected override [CALL]([x]: [Tensor]): Tensor {
    return x.mul(2);
  }

  batch(x: Tensor): Tensor {
    return x.mul(this.factor);
  }

  readonly factor = 20;

  override toString(): string {
    return "Double()";
  }
}

describe("a transform", () => {
  const double = new Double() as Double & ((x: Tensor) => Tensor);
  const object = { apply: (x: Tensor) => x.mul(3), toString: () => "Triple(\n)" };
  const plain = (x: Tensor): Tensor => x.mul(4);

  test("is applied to a sample as a callable object, an object with apply or a function", () => {
    expect([double, object, plain].map((transform) => toFunction(transform)(ones([])).itemSync())).toEqual([2, 3, 4]);
    expect(toFunction(undefined)(ones([])).itemSync()).toBe(1);
  });

  test("is applied to a batch at once where it has a batch", () => {
    const batches = [double, object, plain, undefined].map((transform) =>
      batchTransform(transform)?.(ones([])).itemSync(),
    );
    expect(batches).toEqual([20, undefined, undefined, 1]);
  });

  test("is described by its print form; a plain function by its name", () => {
    expect([double, object, plain, () => 1].map((transform) => describeTransform("T: ", transform))).toEqual([
      "T: Double()",
      "T: Triple(\n   )",
      "T: [Function: plain]",
      "T: [Function: (anonymous)]",
    ]);
  });
});
