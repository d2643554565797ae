import { expect, test } from "vitest";
import { full } from "../../index.ts";

// PyTorch 2.15: torch.full([1000000], 0.1).cumsum(0)[-1] is 100000. Float after float it would be 100958.34.
test.each([
  ["a vector", [1_000_000], 0],
  ["the first dimension", [1_000_000, 2], 0],
])("a million terms along %s are added in double precision", async (_, shape, dim) => {
  const sums = await full(shape, 0.1).cumsum(dim).toTypedArray();
  expect(sums.at(-1)).toBe(100_000);
});

test("from the end, for the gradient", async () => {
  const x = full([1_000_000], 1).requiresGrad_();
  x.cumsum(0).mul(0.1).sum().backward();
  expect((await x.grad?.toTypedArray())?.[0]).toBe(100_000);
});
