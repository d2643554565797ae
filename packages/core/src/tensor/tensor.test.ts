import { afterEach, describe, expect, test, vi } from "vitest";
import { asParameter, leaveScope } from "../extend.ts";
import {
  cpu,
  type Device,
  FreedTensorError,
  isTensor,
  KindlingError,
  memory,
  noGrad,
  ones,
  ShapeError,
  Tensor,
  tensor,
  zeros,
} from "../index.ts";

afterEach(() => leaveScope());

const matrix = (): Tensor =>
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

describe("shape", () => {
  test("ndim, numel, size, length", () => {
    const x = zeros([2, 3, 4]);
    expect([x.shape, x.ndim, x.numel(), x.length]).toEqual([[2, 3, 4], 3, 24, 2]);
    expect([x.size(), x.size(0), x.size(-1)]).toEqual([[2, 3, 4], 2, 4]);
    expect([tensor(1).ndim, tensor(1).numel(), tensor(1).shape]).toEqual([0, 1, []]);
    expect([zeros([0, 3]).numel(), zeros([0, 3]).length]).toEqual([0, 0]);
  });

  test("a scalar has no length", () => {
    expect(() => tensor(1).length).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: length: len() of a 0-d tensor. Use numel().]`,
    );
  });

  test("size of a dimension that is not there is refused", () => {
    expect(() => zeros([2, 3]).size(2)).toThrow(
      "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
    );
    expect(() => zeros([2, 3]).size(-3)).toThrow("but got -3");
  });

  test("dtype and device", () => {
    const x = tensor([1], { dtype: "int64" });
    expect([x.dtype, x.device, x.device.name]).toEqual(["int64", cpu, "cpu"]);
    expect([x.requiresGrad, x.grad, x.gradFn, x.isLeaf]).toEqual([false, null, null, true]);
  });

  test("gradFn has PyTorch's name", () => {
    const x = tensor([1], { requiresGrad: true });
    expect([x.mul(2).gradFn?.name, x.exp().gradFn?.name, x.view(1, 1).gradFn?.name]).toEqual([
      "MulBackward0",
      "ExpBackward0",
      "ViewBackward0",
    ]);
    expect(x.mul(2).isLeaf).toBe(false);
  });
});

describe("reading", () => {
  test("item", async () => {
    for (const x of [tensor(2.5), tensor([2.5]), tensor([[[2.5]]]), tensor(5).mul(0.5)]) {
      expect(x.itemSync()).toBe(2.5);
      expect(await x.item()).toBe(2.5);
    }
    expect(tensor(7, { dtype: "int64" }).itemSync()).toBe(7);
    expect(Number.isNaN(tensor(Number.NaN).itemSync())).toBe(true);
  });

  test("item of several elements is refused, at once or in the promise", async () => {
    expect(() => zeros([2]).itemSync()).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: itemSync: a Tensor with 2 elements cannot be converted to Scalar: the shape is [2]. Reduce it first, with sum() or mean(), or read it with toList().]`,
    );
    await expect(zeros([2]).item()).rejects.toThrow("a Tensor with 2 elements cannot be converted to Scalar");
    expect(() => zeros([0]).itemSync()).toThrow("a Tensor with 0 elements cannot be converted to Scalar");
  });

  test("toList", async () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(matrix().toListSync()).toEqual(rows);
    expect(await matrix().toList()).toEqual(rows);
    expect(await matrix().mul(2).toList()).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
    expect(tensor(3).toListSync()).toBe(3);
    expect(tensor([true, false]).toListSync()).toEqual([true, false]);
    expect(zeros([2, 0]).toListSync()).toEqual([[], []]);
    expect(zeros([0, 2]).toListSync()).toEqual([]);
    expect(zeros([1, 2, 2]).toListSync()).toEqual([
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });

  test("data is a copy, of the dtype's array", async () => {
    const kinds = { float32: Float32Array, int64: Float64Array, uint8: Uint8Array, bool: Uint8Array } as const;
    for (const dtype of ["float32", "int64", "uint8", "bool"] as const) {
      for (const x of [ones([2], { dtype }), ones([2], { dtype }).flip(0)]) {
        const data = x.toTypedArraySync();
        expect(data).toBeInstanceOf(kinds[dtype]);
        data.fill(9);
        (await x.toTypedArray()).fill(9);
        expect(Array.from(x.toTypedArraySync())).toEqual([1, 1]);
        expect(Array.from(await x.toTypedArray())).toEqual([1, 1]);
      }
    }
  });

  test("of a tensor that needs a gradient is allowed", () => {
    expect(tensor([1, 2], { requiresGrad: true }).mul(2).toListSync()).toEqual([2, 4]);
  });

  test("cpu() of a cpu tensor is the tensor itself", async () => {
    const x = matrix();
    expect(await x.cpu()).toBe(x);
    expect(x.to(cpu)).toBe(x);
  });

  test("without waiting is refused where the device cannot", async () => {
    const { downloadSync: _, ...rest } = {
      name: "far",
      upload: cpu.upload.bind(cpu),
      download: cpu.download.bind(cpu),
      run: cpu.run.bind(cpu),
      free: cpu.free.bind(cpu),
      downloadSync: undefined,
    };
    const far: Device = rest;
    const x = matrix().to(far);
    expect(x.device.name).toBe("far");
    expect(() => x.toListSync()).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: toListSync: the far device cannot be read without waiting. Use the asynchronous form: await t.toList().]`,
    );
    expect(() => x.sum().itemSync()).toThrow("the far device cannot be read without waiting");
    expect(await x.sum().item()).toBe(21);
    expect(await x.toList()).toEqual(matrix().toListSync());
    const back = await x.mul(2).cpu();
    expect([back.device, back.sum().itemSync()]).toEqual([cpu, 42]);
    expect(String(x)).toBe("tensor(..., size=(2, 3), device='far')");
    expect(() => x.add(matrix())).toThrow(
      "Expected all tensors to be on the same device, but found at least two devices, far and cpu!",
    );
    expect(await x.add(tensor(1)).sum().item()).toBe(27);
  });
});

describe("a freed tensor", () => {
  const freed = (): Tensor => {
    const x = matrix().add(0);
    x.dispose();
    return x;
  };

  test("says that it is", () => {
    expect(freed().isDisposed).toBe(true);
    expect(matrix().isDisposed).toBe(false);
  });

  test("is refused by whatever uses it", async () => {
    expect(() => freed().add(1)).toThrowErrorMatchingInlineSnapshot(
      `[FreedTensorError: add: the tensor has been freed: it was made by add, shape [2, 3]. A scope that owned it has ended, or dispose() was called. Let it out with scope.keep(t), or return it from scope(fn).]`,
    );
    const uses: ((x: Tensor) => unknown)[] = [
      (x) => x.toListSync(),
      (x) => x.toTypedArraySync(),
      (x) => x.view(6),
      (x) => x.detach(),
      (x) => x.clone(),
      (x) => x.add_(1),
      (x) => ones([2, 3]).mul(x),
      (x) => x.select(0, 0),
      (x) => x.sum(),
      (x) => x.to("int64"),
    ];
    for (const use of uses) expect(() => use(freed())).toThrow(FreedTensorError);
    await expect(freed().toList()).rejects.toThrow(FreedTensorError);
    await expect(freed().toTypedArray()).rejects.toThrow(FreedTensorError);
  });

  test("keeps its shape, and prints", () => {
    expect(freed().shape).toEqual([2, 3]);
    expect(String(freed())).toBe("tensor(<freed>, shape=[2, 3], made by add)");
  });

  test("may be freed again", () => {
    const x = matrix().add(0);
    const before = memory().tensors;
    x.dispose();
    x.dispose();
    expect(memory().tensors).toBe(before - 1);
  });

  test("freed again, leaves its views alive", () => {
    const x = matrix().add(0);
    const view = x.view(6);
    x.dispose();
    x.dispose();
    expect(view.sum().itemSync()).toBe(21);
  });

  test("leaves views and clones alive", () => {
    const x = matrix().add(0);
    const [view, copy, cut] = [x.view(6), x.clone(), x.detach()];
    x.dispose();
    for (const other of [view, copy, cut]) expect(other.sum().itemSync()).toBe(21);
  });
});

describe("toString is what PyTorch prints", () => {
  test.each<[() => Tensor, string]>([
    [() => tensor(1.5), "tensor(1.5000)"],
    [() => tensor([1, 2], { dtype: "int64" }), "tensor([1, 2])"],
    [() => tensor([true, false]), "tensor([ True, False])"],
    [() => tensor([1, 2], { dtype: "uint8" }), "tensor([1, 2], dtype=torch.uint8)"],
    [
      () =>
        tensor([
          [1, 2],
          [3, 4.5],
        ]),
      "tensor([[1.0000, 2.0000],\n        [3.0000, 4.5000]])",
    ],
    [() => tensor([]), "tensor([])"],
    [() => zeros([2, 0]), "tensor([], size=(2, 0))"],
    [() => tensor([1, 2], { requiresGrad: true }), "tensor([1., 2.], requires_grad=True)"],
    [() => tensor([1, 2], { requiresGrad: true }).mul(2), "tensor([2., 4.], grad_fn=<MulBackward0>)"],
    [() => noGrad(() => tensor([1], { requiresGrad: true }).mul(2)), "tensor([2.])"],
    [() => asParameter(tensor([1])), "Parameter containing:\ntensor([1.], requires_grad=True)"],
    [() => tensor([1e10, 1e-10]), "tensor([1.0000e+10, 1.0000e-10])"],
    [() => tensor([Number.NaN, Number.POSITIVE_INFINITY]), "tensor([nan, inf])"],
  ])("%s", (make, text) => {
    expect(String(make())).toBe(text);
    expect(`${make()}`).toBe(text);
  });

  test("also in Node's console", () => {
    const inspect = Symbol.for("nodejs.util.inspect.custom");
    const x = matrix() as unknown as Record<symbol, () => string>;
    expect(x[inspect]?.()).toBe(String(x));
  });

  test("and leaves nothing behind", () => {
    const x = matrix().add(0);
    const before = memory().tensors;
    String(x);
    expect(memory().tensors).toBe(before);
  });
});

describe("isTensor", () => {
  test("knows tensors, and nothing else", () => {
    expect([tensor(1), zeros([0]), asParameter(tensor([1]))].every(isTensor)).toBe(true);
    for (const value of [null, undefined, 1, "tensor", {}, [], [1], new Float32Array(1), { shape: [1] }, Tensor]) {
      expect(isTensor(value)).toBe(false);
    }
  });

  test("knows those of another copy of the package", async () => {
    vi.resetModules();
    const copy = { ...(await import("../index.ts")), ...(await import("../extend.ts")) };
    expect(copy.Tensor).not.toBe(Tensor);
    const theirs = copy.tensor([1, 2]);
    expect(theirs).not.toBeInstanceOf(Tensor);
    expect(isTensor(theirs)).toBe(true);
    expect(copy.isTensor(tensor([1]))).toBe(true);
    // They count and compute together too.
    expect(copy.cpu).toBe(cpu);
    const sum = ones([2]).add(theirs as unknown as Tensor);
    expect(sum.toListSync()).toEqual([2, 3]);
    expect(copy.noGrad(() => tensor([1], { requiresGrad: true }).mul(2).requiresGrad)).toBe(false);
    expect(copy.memory()).toEqual(memory());
    expect(copy.isParameter(asParameter(tensor([1])))).toBe(true);
    {
      using _ = copy.scope();
      const mine = tensor([1, 2]);
      copy.leaveScope();
      expect(mine.isDisposed).toBe(false);
      expect(mine.owner).not.toBe(null);
    }
  });
});

describe("requiresGrad", () => {
  test("is asked for and declined on leaves", () => {
    const x = tensor([1]);
    expect(x.requiresGrad_()).toBe(x);
    expect(x.requiresGrad).toBe(true);
    x.requiresGrad = false;
    expect(x.requiresGrad).toBe(false);
    x.requiresGrad = true;
    expect(x.requiresGrad).toBe(true);
  });

  test("cannot be declined by results", () => {
    const y = tensor([1], { requiresGrad: true }).mul(2);
    expect(() => y.requiresGrad_(false)).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: requiresGrad_: you can only change requires_grad flags of leaf variables: the tensor was made by mul. If you want to use a computed variable in a subgraph that doesn't require differentiation use detach().]`,
    );
    expect(y.requiresGrad_(true)).toBe(y);
  });

  test("is refused for whole numbers", () => {
    expect(() => tensor([1], { dtype: "int64" }).requiresGrad_()).toThrow(
      "only Tensors of floating point dtype can require gradients",
    );
    expect(tensor([1], { dtype: "int64" }).requiresGrad_(false).requiresGrad).toBe(false);
  });
});

test("every error is a KindlingError that names its op and its class", () => {
  try {
    zeros([2]).itemSync();
  } catch (error) {
    expect(error).toBeInstanceOf(ShapeError);
    expect(error).toBeInstanceOf(KindlingError);
    expect([(error as KindlingError).op, (error as KindlingError).name]).toEqual(["itemSync", "ShapeError"]);
  }
  expect.assertions(3);
});
