import { afterEach, describe, expect, test } from "vitest";
import { leaveScope } from "../extend.ts";
import { autograd, memory, noGrad, ones, scope, type Tensor, tensor, zeros } from "../index.ts";

const leaf = (data: number | number[]): Tensor => tensor(data, { requiresGrad: true });

/** As optimizers do; a call, so that the type of `grad` stays open. */
function clearGrad(x: Tensor): void {
  x.grad = null;
}

afterEach(() => leaveScope());

describe("grad", () => {
  test("is null before the first backward", () => {
    expect(leaf(1).grad).toBe(null);
    expect(tensor(1).grad).toBe(null);
  });

  test("adds up, and stays the tensor that it is", () => {
    const x = leaf([1, 2]);
    x.mul(2).sum().backward();
    const { grad } = x;
    expect(grad?.toListSync()).toEqual([2, 2]);
    x.square().sum().backward();
    expect(x.grad).toBe(grad);
    expect(grad?.toListSync()).toEqual([4, 6]);
    expect([grad?.shape, grad?.dtype, grad?.device]).toEqual([x.shape, x.dtype, x.device]);
  });

  test("starts anew after it was set to null", () => {
    const x = leaf([1, 2]);
    x.mul(2).sum().backward();
    const before = x.grad as Tensor;
    clearGrad(x);
    x.mul(5).sum().backward();
    expect(x.grad?.toListSync()).toEqual([5, 5]);
    expect(before.toListSync()).toEqual([2, 2]);
  });

  test("may be zeroed in place", () => {
    const x = leaf([1, 2]);
    x.mul(2).sum().backward();
    const { grad } = x;
    grad?.zero_();
    x.mul(5).sum().backward();
    expect(x.grad).toBe(grad);
    expect(grad?.toListSync()).toEqual([5, 5]);
  });

  test("may be given", () => {
    const x = leaf([1, 2]);
    const given = tensor([10, 20]);
    x.grad = given;
    x.mul(2).sum().backward();
    expect(x.grad).toBe(given);
    expect(given.toListSync()).toEqual([12, 22]);
  });

  test("has the shape of the tensor", () => {
    expect(() => {
      leaf([1, 2]).grad = ones([3]);
    }).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: grad: attempting to assign a gradient of size '[3]' to a tensor of size '[2]'. Please ensure that the gradient and the tensor are the same size]`,
    );
  });

  test("is nobody else's", () => {
    const [x, y] = [leaf([1, 2]), leaf([3, 4])];
    const given = tensor([1, 1]);
    x.add(y).backward({ gradient: given });
    x.grad?.mul_(100);
    expect(y.grad?.toListSync()).toEqual([1, 1]);
    expect(given.toListSync()).toEqual([1, 1]);
    given.mul_(7);
    expect(y.grad?.toListSync()).toEqual([1, 1]);
  });

  test("is no part of a graph, but of one under createGraph", () => {
    const x = leaf(3);
    x.square().backward();
    expect([x.grad?.requiresGrad, x.grad?.gradFn]).toEqual([false, null]);
    clearGrad(x);
    x.pow(3).backward({ createGraph: true });
    expect(x.grad?.requiresGrad).toBe(true);
    const [second] = autograd.grad(x.grad as Tensor, [x]);
    expect(second?.itemSync()).toBe(18);
  });

  test("adds up under createGraph too", () => {
    const x = leaf(3);
    x.square().backward({ createGraph: true });
    x.square().backward({ createGraph: true });
    expect(x.grad?.itemSync()).toBe(12);
    const [second] = autograd.grad(x.grad as Tensor, [x]);
    expect(second?.itemSync()).toBe(4);
  });

  test("outlives the scope of the loss", () => {
    const x = leaf([1, 2]);
    for (let i = 0; i < 2; i++) {
      using _ = scope();
      x.square().sum().backward();
    }
    expect(x.grad?.toListSync()).toEqual([4, 8]);
  });

  test("is freed with its tensor", () => {
    const x = leaf([1, 2]);
    x.square().sum().backward();
    const grad = x.grad as Tensor;
    x.dispose();
    expect(grad.isDisposed).toBe(true);
  });

  test("keeps memory flat over many backwards", () => {
    const x = zeros([4], { requiresGrad: true });
    const step = (): void => {
      using _ = scope();
      x.mul(2).exp().sum().backward();
      noGrad(() => x.sub_(x.grad as Tensor));
    };
    step();
    const before = memory().tensors;
    for (let i = 0; i < 5; i++) step();
    expect(memory().tensors).toBe(before);
  });
});
