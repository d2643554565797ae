import { describe, expect, test } from "vitest";
import { ones, tensor } from "../index.ts";

describe("data", () => {
  test("is the same memory without the graph", () => {
    const p = tensor([1, 2], { requiresGrad: true });
    expect([p.data.requiresGrad, p.data.isLeaf]).toEqual([false, true]);
    p.data.add_(10);
    p.data.index(0).mul_(2);
    expect(p.toListSync()).toEqual([22, 12]);
    expect(p.requiresGrad).toBe(true);
  });

  // x = torch.tensor([1., 2.], requires_grad=True); y = x * x; x.data.mul_(10); y.sum().backward(); x.grad is [20., 40.]
  test("changes behind autograd's back: what was saved is what is there at backward", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const y = x.mul(x);
    x.data.mul_(10);
    y.sum().backward();
    expect(x.grad?.toListSync()).toEqual([20, 40]);
  });

  test("a change by detach() is seen", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const y = x.mul(x);
    x.detach().mul_(10);
    expect(() => y.sum().backward()).toThrow("modified by an inplace operation");
  });

  test("assigned, the tensor takes over the memory of the other", () => {
    const p = tensor([1, 2], { requiresGrad: true });
    const q = tensor([3, 4, 5]);
    p.data = q;
    expect([p.shape, p.requiresGrad, p.toListSync()]).toEqual([[3], true, [3, 4, 5]]);
    q.mul_(2);
    expect(p.toListSync()).toEqual([6, 8, 10]);
    p.data = p.data.add(1);
    expect(p.toListSync()).toEqual([7, 9, 11]);
  });

  test("refuses what is no tensor, and integers where a gradient is asked for", () => {
    const p = tensor([1], { requiresGrad: true });
    expect(() => Object.assign(p, { data: [1] })).toThrow("must be Tensor, not list");
    expect(() => Object.assign(p, { data: ones([1], { dtype: "int32" }) })).toThrow(
      "data set to a tensor that requires gradients must be floating point or complex dtype",
    );
    expect(p.toListSync()).toEqual([1]);
  });
});

describe("rows", () => {
  test("are views, one for each element of the first dimension", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    for (const row of x) row.add_(row.sum());
    expect(x.toListSync()).toEqual([
      [4, 5],
      [10, 11],
    ]);
    const [first, second] = x;
    expect([first?.toListSync(), second?.toListSync()]).toEqual(x.toListSync());
  });

  test("a scalar has none", () => {
    expect(() => [...tensor(1)]).toThrow("is not iterable");
  });
});
