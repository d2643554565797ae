import { type Tensor, tensor } from "@kindling/core";
import { expect, test } from "vitest";
import { device } from "../../device.ts";

const wasm = await device("wasm");

const SPECIAL = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -1,
  -2,
  1e-8,
  -1e-8,
  3e38,
  1e8,
  0.5,
];

/** Specials among numbers from -0.9 to 4. */
function numbers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) =>
    i % 7 === 0 ? (SPECIAL[(i / 7) % SPECIAL.length] as number) : ((i * 37) % 50) / 10 - 0.9,
  );
}

/** What `relu`'s gradient is multiplied with. */
function slopes(x: Tensor): Tensor {
  const leaf = x.detach().requiresGrad_();
  leaf.relu().sum().backward();
  return leaf.grad as Tensor;
}

// Some are left over after full fours, and a call takes 16384 of them.
test.each([1, 3, 4, 5, 78, 16384, 40_003])("log1p, sign and the step of relu of %d floats", async (count) => {
  const data = numbers(count);
  const x = tensor(data).to(wasm);
  const close = (found: ArrayLike<number>, of: (value: number) => number): void => {
    const wrong = data.findIndex((value, i) => {
      const [got, wanted] = [found[i] as number, Math.fround(of(value))];
      return !(Object.is(got, wanted) || got === wanted || Math.abs(got - wanted) <= 3e-7 * Math.abs(wanted));
    });
    expect(wrong < 0 ? "" : `${found[wrong]} of ${data[wrong]}`).toBe("");
  };
  close(await x.log1p().toTypedArray(), Math.log1p);
  close(await x.sign().toTypedArray(), (value) => Math.sign(value) || 0);
  close(await slopes(x).toTypedArray(), (value) => (value <= 0 ? 0 : 1));
});
