import { expect, test } from "vitest";
import { tensor } from "../../api/creation.ts";
import { conv2d, convTranspose2d, type Tensor } from "../../index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const ones = (...shape: number[]): Tensor => tensor(new Array(shape.reduce((a, b) => a * b)).fill(1)).reshape(...shape);

// PyTorch 2.15's results.
test.each([
  [nan, [nan, nan, 1, nan, nan, 4, 2, 5, 3], [nan, nan, nan, 1, nan, nan, nan, 4, 2, 5, 5, 3]],
  [inf, [inf, inf, 1, inf, inf, 4, 2, 5, 3], [inf, inf, inf, 1, inf, inf, inf, 4, 2, 5, 5, 3]],
])("a weight that is %d reaches the elements that its windows cover, and no others", (weight, gradient, transposed) => {
  const kernel = tensor([weight, 1, 2, 3]).reshape(1, 1, 2, 2);
  const x = ones(1, 1, 3, 3).detach().requiresGrad_();
  conv2d(x, kernel, null).backward({ gradient: ones(1, 1, 2, 2) });
  expect(x.grad?.flatten().toListSync()).toEqual(gradient);
  expect(
    convTranspose2d(ones(1, 1, 2, 3), kernel, null)
      .flatten()
      .toListSync(),
  ).toEqual(transposed);
});

test("strides, padding, dilation, groups and channels: both ways to the gradient give the same", () => {
  const gradientOf = (last: number): unknown => {
    const numbers = Float32Array.from({ length: 6 * 2 * 3 * 2 }, (_, i) => ((i * 7) % 11) - 5);
    numbers[numbers.length - 1] = last;
    const x = ones(2, 4, 7, 6).detach().requiresGrad_();
    const options = { stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2 } as const;
    const out = conv2d(x, tensor(numbers).reshape(6, 2, 3, 2), null, options);
    const gradient = tensor(Float32Array.from({ length: out.numel() }, (_, i) => ((i * 5) % 7) - 3));
    out.backward({ gradient: gradient.reshape(...out.shape) });
    // The channels of the first group, whose weights are the same.
    return x.grad?.narrow(1, 0, 2).toListSync();
  };
  expect(gradientOf(Number.NaN)).toEqual(gradientOf(1));
});
