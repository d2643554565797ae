import { fromBuffer, manualSeed, type Tensor, tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { CallableTransform } from "./callable-transform.ts";
import { Compose } from "./compose.ts";
import { Normalize } from "./normalize.ts";
import { RandomHorizontalFlip } from "./random-horizontal-flip.ts";
import { ToTensor } from "./to-tensor.ts";
import type { Transform } from "./transform.ts";

const bytes = (count: number): Tensor =>
  fromBuffer(
    Uint8Array.from({ length: count * 6 }, (_, i) => i),
    [count, 2, 3],
  );

describe("Compose", () => {
  test("applies one after the other; a function is a Lambda", () => {
    const transform = new Compose([new ToTensor(), (x) => x.view(-1)]);
    expect(transform.apply(bytes(1).select(0, 0)).shape).toEqual([6]);
    expect(String(transform)).toBe("Compose(\n    ToTensor()\n    Lambda()\n)");
  });

  test("calls a Lambda once for each sample of a batch", () => {
    const shapes: (readonly number[])[] = [];
    const seen = (x: Tensor): Tensor => {
      shapes.push(x.shape);
      return x;
    };
    const out = new Compose([new ToTensor(), seen, (x) => x.view(-1)]).batch(bytes(3));
    expect(shapes).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(out.shape).toEqual([3, 6]);
  });

  test("what a Lambda makes of the rows of a batch is still bytes, and no copy of them", () => {
    const images = bytes(4);
    const out = new Compose([new ToTensor(), (x) => x.view(-1)]).batch(images);
    expect(out.storage.host?.data).toBe(images.storage.host?.data);
    expect(out.storage.host?.steps).not.toBeNull();
  });

  test("what comes out may be changed in place", () => {
    const images = bytes(2);
    const out = new Compose([new ToTensor(), (x) => x.view(-1)]).batch(images);
    expect(out.zero_().sum().itemSync()).toBe(0);
    expect(images.select(0, 1).toListSync()).toEqual([
      [6, 7, 8],
      [9, 10, 11],
    ]);
  });

  test("runs a batch whole where it can, and once", () => {
    const calls: string[] = [];
    const noted = (call: string) => (x: Tensor) => {
      calls.push(call);
      return x;
    };
    const step: Transform = { apply: noted("apply"), batch: noted("batch"), toString: () => "Step()" };
    new Compose([step, new Compose([step])]).batch(bytes(3));
    expect(calls).toEqual(["batch", "batch"]);
  });

  test("draws in the order of single samples when several steps draw", () => {
    const transform = new Compose([new RandomHorizontalFlip(), new ToTensor(), new RandomHorizontalFlip(0.4)]);
    manualSeed(5);
    const single = bytes(9)
      .unbind(0)
      .map((x) => transform.apply(x).toListSync());
    manualSeed(5);
    expect(transform.batch(bytes(9)).toListSync()).toEqual(single);
  });

  test("refuses what is no transform", () => {
    // @ts-expect-error a string is no transform
    expect(() => new Compose([new ToTensor(), "flip"])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Compose: Argument transforms should be a sequence of callables: the one at position 1 is string. Each is an object with apply(x), or a function of one tensor.]`,
    );
    // @ts-expect-error not a list
    expect(() => new Compose(new ToTensor())).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Compose: Argument transforms should be a sequence of callables: it is object. Write a list: new Compose([new ToTensor()]).]`,
    );
  });
});

describe("transforms are called", () => {
  const image = tensor([[0, 255]], { dtype: "uint8" });

  test("with one sample, and keep their batch and their print form in a Compose", () => {
    const steps = [new ToTensor(), new Normalize(0.5, 0.5)] as const;
    const transform = new Compose(steps);
    expect(transform(image).toListSync()).toEqual([[[-1, 1]]]);
    expect(transform.transforms).toEqual(steps);
    expect(transform.batch(image.unsqueeze(0)).shape).toEqual([1, 1, 1, 2]);
    expect(Object.keys(steps[1])).toEqual(["mean", "std"]);
  });

  test("one of the program's own, an object with apply, and a function that is no transform", () => {
    class Twice extends CallableTransform {
      override apply(x: Tensor): Tensor {
        return x.mul(2);
      }
      override toString(): string {
        return "Twice()";
      }
    }
    const thrice = { apply: (x: Tensor) => x.mul(3), toString: () => "Thrice()" };
    const plain = Object.assign((x: Tensor) => x.add(1), { batch: "no transform" });
    const transform = new Compose([new ToTensor(), new Twice(), thrice, plain]);
    expect(transform(image).toListSync()).toEqual([[[1, 7]]]);
    expect(String(transform)).toBe("Compose(\n    ToTensor()\n    Twice()\n    Thrice()\n    Lambda()\n)");
    expect(new Twice()(tensor([1])).toListSync()).toEqual([2]);
  });
});
