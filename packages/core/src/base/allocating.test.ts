import { describe, expect, test } from "vitest";
import { arange, eye, KindlingError, linspace, rand, randint, randn, randperm, tensor, zeros } from "../index.ts";

describe("sizes that cannot be had", () => {
  test("name the op, the shape and the bytes", () => {
    expect(() => zeros([2 ** 20, 2 ** 22])).toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: zeros: can't allocate memory: you tried to allocate 17592186044416 bytes. The shape is [1048576, 4194304], float32. Look at the sizes: was one too many multiplied in, or did two shapes broadcast that should be equal?]`,
    );
    expect(() => zeros([2 ** 40, 2 ** 40])).toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: zeros: Storage size calculation overflowed with sizes=[1099511627776, 1099511627776]. Look at the sizes: was one too many multiplied in, or did two shapes broadcast that should be equal?]`,
    );
  });

  test.each([
    ["rand", () => rand([2 ** 45])],
    ["randn", () => randn([2 ** 45])],
    ["randint", () => randint(0, 2, [2 ** 45])],
    ["randperm", () => randperm(2 ** 45)],
    ["arange", () => arange(0, 1e15)],
    ["linspace", () => linspace(0, 1, 2 ** 45)],
    ["eye", () => eye(2 ** 23)],
    [
      "add",
      () =>
        tensor(new Float32Array(2 ** 20))
          .unsqueeze(1)
          .add(tensor(new Float32Array(2 ** 20))),
    ],
  ])("%s", (op, make) => {
    expect(make).toThrow(KindlingError);
    expect(make).toThrow(`${op}: can't allocate memory: you tried to allocate `);
  });

  test("no elements are no memory, whatever the other sizes", () => {
    expect(zeros([2 ** 40, 0]).shape).toEqual([2 ** 40, 0]);
  });

  test("another error stays what it is", () => {
    expect(() => zeros([1]).expand([1e3]).reshape([7])).toThrow(/shape '\[7\]' is invalid/);
  });
});
