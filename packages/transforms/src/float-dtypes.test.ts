import { arange, type DType } from "@kindling/core";
import { expect, test } from "vitest";
import { Normalize, RandomRotation, Resize } from "./index.ts";

/** Images of sines. */
const images = (dtype: DType) => arange(40, { dtype: "float64" }).mul(0.37).sin().reshape(2, 5, 4).to(dtype);

// What torchvision 0.29 gives for float64.
test.each([
  [
    "Normalize",
    new Normalize([0.1307, 0.5], [0.3081, 0.25]),
    [-0.424212917883804, 0.7494820901167218, 1.764322984836563],
  ],
  ["Resize", new Resize([3, 3]), [0.4843479963663954, 0.672652528571899, 0.7335005509162377]],
  ["Resize, larger", new Resize([7, 6]), [0.0, 0.180807715982481, 0.4137275119088258]],
] as const)("%s keeps the dtype of floats, and does not round them", (_, transform, expected) => {
  for (const [dtype, digits] of [
    ["float64", 1e-6],
    ["float32", 1e-6],
    ["float16", 2e-3],
    ["bfloat16", 2e-2],
  ] as const) {
    const out = transform(images(dtype));
    expect(out.dtype).toBe(dtype);
    const found = Array.from(out.toTypedArraySync().subarray(0, 3));
    for (const [i, value] of expected.entries()) expect(Math.abs((found[i] as number) - value)).toBeLessThan(digits);
  }
});

test("RandomRotation keeps it too", () => {
  const turn = new RandomRotation([90, 90]);
  const expected = turn(images("float32")).toTypedArraySync();
  const out = turn(images("float64"));
  expect(out.dtype).toBe("float64");
  expect(Float32Array.from(out.toTypedArraySync())).toEqual(expected);
});
