import { isTensor, type Tensor, tensor, zeros } from "@kindling/core";
import { describe, expect, expectTypeOf, test } from "vitest";
import { defaultCollate } from "./collate.ts";
import type { Collated } from "./collated.ts";
import { defaultConvert } from "./convert.ts";
import golden from "./data.golden.json";
import { plain } from "./testing/plain.ts";

/** What a golden file says of a tensor, as the tensor; all else as it is. */
function fromGolden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromGolden);
  if (typeof value !== "object" || value === null) return value;
  if ("dtype" in value && "data" in value)
    return tensor((value.data as number[]).flat(), { dtype: value.dtype as never }).view(
      (value as unknown as { shape: number[] }).shape,
    );
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fromGolden(part)]));
}

describe("defaultCollate", () => {
  test.each(golden.collate)("of $samples is PyTorch's", ({ samples, batch }) => {
    expect(plain(defaultCollate(fromGolden(samples) as unknown[]))).toEqual(plain(fromGolden(batch)));
  });

  test("stacks typed arrays, and goes into what is nested", () => {
    const sample = (x: number) => ({ points: [Float32Array.of(x, -x), { name: `n${x}` }] as const, ok: x > 1 });
    const batch = defaultCollate([sample(1), sample(2)]);
    expect(plain(batch)).toEqual({
      points: [{ shape: [2, 2], dtype: "float32", data: [1, -1, 2, -2] }, { name: ["n1", "n2"] }],
      ok: { shape: [2], dtype: "bool", data: [0, 1] },
    });
  });

  test("makes floats of numbers as soon as one is no integer that is exact", () => {
    expect(defaultCollate([1, 2.5]).dtype).toBe("float32");
    expect(defaultCollate([1, 2 ** 53]).dtype).toBe("float32");
    expect(defaultCollate([1, Number.NaN]).dtype).toBe("float32");
    expect(defaultCollate([-(2 ** 31), 2 ** 53 - 1]).dtype).toBe("int64");
  });

  test("has the types that it gives", () => {
    expectTypeOf<Collated<[Tensor, number]>>().toEqualTypeOf<[Tensor, Tensor]>();
    expectTypeOf<Collated<{ x: Float32Array; name: string }>>().toEqualTypeOf<{ x: Tensor; name: string[] }>();
    expectTypeOf<Collated<readonly number[]>>().toEqualTypeOf<Tensor[]>();
  });

  test("refuses what cannot be a batch", () => {
    const image = (size: number) => zeros([1, size, size]);
    expect(() => defaultCollate([image(28), image(32)])).toThrow(
      "stack expects each tensor to be equal size, but got [1, 28, 28] at entry 0 and [1, 32, 32] at entry 1",
    );
    expect(() =>
      defaultCollate([
        [1, 2],
        [1, 2, 3],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: defaultCollate: each element in list of batch should be of equal size: sizes are 2 and 3. Pad them to one size in the data set, or pass a collateFn of your own to the DataLoader.]`,
    );
    expect(() => defaultCollate([null])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: defaultCollate: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found <class 'NoneType'> (null). Return one of these from the data set, or pass a collateFn of your own to the DataLoader.]`,
    );
    expect(() => defaultCollate([new Map()])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: defaultCollate: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found <class 'Map'>. Return one of these from the data set, or pass a collateFn of your own to the DataLoader.]`,
    );
    expect(() => defaultCollate([{ a: 1, b: 2 }, { a: 1 }])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: defaultCollate: KeyError: 'b': sample 1 of the batch lacks what the first one has. Give all samples the same keys.]`,
    );
    expect(() => defaultCollate([zeros([2]), 3])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: defaultCollate: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found <class 'number'>: sample 1 of the batch is not what sample 0 is (<class 'Tensor'>). Return one of these from the data set, or pass a collateFn of your own to the DataLoader.]`,
    );
    expect(() => defaultCollate([1, "a"])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: defaultCollate: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found <class 'string'>: sample 1 of the batch is not what sample 0 is (<class 'number'>). Return one of these from the data set, or pass a collateFn of your own to the DataLoader.]`,
    );
  });
});

test("defaultConvert makes tensors of typed arrays, and leaves the rest", () => {
  const date = new Date(0);
  const converted = defaultConvert([1, "a", Int32Array.of(3, 4), { x: Uint8Array.of(1), date }]) as unknown[];
  expect(plain(converted.slice(0, 3))).toEqual([1, "a", { shape: [2], dtype: "int32", data: [3, 4] }]);
  const record = converted[3] as { x: unknown; date: unknown };
  expect(isTensor(record.x)).toBe(true);
  expect(record.date).toBe(date);
});
