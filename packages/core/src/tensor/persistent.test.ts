import { afterEach, describe, expect, test } from "vitest";
import {
  asBuffer,
  asParameter,
  detachFromScope,
  isBuffer,
  isParameter,
  isPersistentBuffer,
  leaveScope,
} from "../extend.ts";
import { noGrad, scope, type Tensor, tensor } from "../index.ts";

afterEach(() => leaveScope());

describe("asParameter", () => {
  test("is a leaf that asks for a gradient, with the elements of its source", () => {
    const source = tensor([1, 2]);
    const p = asParameter(source);
    expect([p.isLeaf, p.requiresGrad, p.shape, p.dtype, p.device]).toEqual([true, true, [2], "float32", source.device]);
    expect(p.detach().toListSync()).toEqual([1, 2]);
    expect([isParameter(p), isBuffer(p), isPersistentBuffer(p)]).toEqual([true, false, false]);
    p.square().sum().backward();
    expect(p.grad?.toListSync()).toEqual([2, 4]);
  });

  test("shares no fate with its source", () => {
    const source = tensor([1, 2]);
    const p = asParameter(source);
    noGrad(() => p.add_(1));
    source.mul_(10);
    expect([p.detach().toListSync(), source.toListSync()]).toEqual([
      [2, 3],
      [10, 20],
    ]);
    source.dispose();
    expect(p.detach().toListSync()).toEqual([2, 3]);
  });

  test("cuts the graph of its source", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    expect(asParameter(x.mul(2)).gradFn).toBe(null);
  });

  test("belongs to no scope", () => {
    let p: Tensor;
    {
      using _ = scope();
      p = asParameter(tensor([1, 2]).add(1));
    }
    expect(p.isDisposed).toBe(false);
    expect(p.detach().toListSync()).toEqual([2, 3]);
  });

  test("may decline the gradient", () => {
    expect(asParameter(tensor([1]), false).requiresGrad).toBe(false);
    expect(isParameter(asParameter(tensor([1], { dtype: "int64" }), false))).toBe(true);
  });

  test("of whole numbers is refused", () => {
    expect(() => asParameter(tensor([1], { dtype: "int64" }))).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: Parameter: Only Tensors of floating point and complex dtype can require gradients: the dtype is int64. Use a Buffer, or requiresGrad: false.]`,
    );
    expect(() => asParameter(tensor([true]))).toThrow(
      "Only Tensors of floating point and complex dtype can require gradients",
    );
  });

  test("of a freed tensor is refused", () => {
    const source = tensor([1]);
    source.dispose();
    expect(() => asParameter(source)).toThrow("freed");
  });

  test("prints as PyTorch's", () => {
    expect(String(asParameter(tensor([1])))).toBe("Parameter containing:\ntensor([1.], requires_grad=True)");
  });
});

describe("asBuffer", () => {
  test("asks for no gradient, and says whether it is saved", () => {
    const [saved, passing] = [asBuffer(tensor([1])), asBuffer(tensor([1]), false)];
    expect([saved.requiresGrad, passing.requiresGrad]).toEqual([false, false]);
    expect([isBuffer(saved), isPersistentBuffer(saved), isParameter(saved)]).toEqual([true, true, false]);
    expect([isBuffer(passing), isPersistentBuffer(passing)]).toEqual([true, false]);
  });

  test("belongs to no scope", () => {
    const buffer = scope(() => {
      const inner = asBuffer(tensor([3]));
      return () => inner;
    })();
    expect(buffer.itemSync()).toBe(3);
  });

  test("takes any dtype", () => {
    expect(asBuffer(tensor([1], { dtype: "int64" })).dtype).toBe("int64");
  });
});

test("what is computed from a parameter is none", () => {
  const p = asParameter(tensor([1]));
  for (const x of [p.mul(2), p.detach(), p.clone(), p.view(1, 1)]) expect(isParameter(x)).toBe(false);
});

test("other values are neither", () => {
  for (const value of [null, undefined, 1, {}, [], tensor([1])]) {
    expect([isParameter(value), isBuffer(value), isPersistentBuffer(value)]).toEqual([false, false, false]);
  }
});

test("detachFromScope takes a tensor out of its scope", () => {
  let kept: Tensor;
  let lost: Tensor;
  {
    using _ = scope();
    kept = tensor([1, 2]);
    lost = tensor([1, 2]);
    expect(detachFromScope(kept)).toBe(kept);
  }
  expect([kept.isDisposed, lost.isDisposed]).toEqual([false, true]);
  expect(detachFromScope(kept)).toBe(kept);
});
