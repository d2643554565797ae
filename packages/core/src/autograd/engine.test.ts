import { afterEach, describe, expect, test } from "vitest";
import { leaveScope } from "../extend.ts";
import {
  autograd,
  enableGrad,
  inferenceMode,
  isGradEnabled,
  noGrad,
  ones,
  scope,
  setGradEnabled,
  setWarningSink,
  type Tensor,
  tensor,
  zeros,
} from "../index.ts";

const leaf = (data: number | number[] | number[][]): Tensor => tensor(data, { requiresGrad: true });
const gradOf = (x: Tensor): unknown => x.grad?.toListSync();

afterEach(() => leaveScope());

describe("backward", () => {
  test("reaches every leaf that asked", () => {
    const [x, w, fixed] = [leaf([1, 2]), leaf([3, 4]), tensor([5, 6])];
    x.mul(w).add(fixed).sum().backward();
    expect([gradOf(x), gradOf(w), fixed.grad]).toEqual([[3, 4], [1, 2], null]);
  });

  test("starts from 1 at any tensor of one element", () => {
    for (const shape of [[], [1], [1, 1]]) {
      const x = leaf(2).view(shape);
      const leafOf = leaf(3);
      leafOf.mul(x.detach()).view(shape).backward();
      expect(gradOf(leafOf)).toBe(2);
    }
  });

  test("starts from the gradient that is given", () => {
    const x = leaf([1, 2, 3]);
    x.square().backward({ gradient: tensor([1, 10, 100]) });
    expect(gradOf(x)).toEqual([2, 40, 600]);
  });

  test("of a leaf is the gradient itself", () => {
    const x = leaf(3);
    x.backward();
    expect(gradOf(x)).toBe(1);
    const v = leaf([1, 2]);
    v.backward({ gradient: tensor([5, 6]) });
    expect(gradOf(v)).toEqual([5, 6]);
  });

  test("does not change the gradient that was given", () => {
    const given = tensor([1, 1]);
    const x = leaf([1, 2]);
    x.backward({ gradient: given });
    x.backward({ gradient: given });
    expect(gradOf(x)).toEqual([2, 2]);
    expect(given.toListSync()).toEqual([1, 1]);
  });

  test("adds up over the paths of a diamond", () => {
    const x = leaf(3);
    const a = x.mul(2);
    const [left, right] = [a.square(), a.mul(5)];
    left.mul(right).backward();
    // 4x² · 10x = 40x³
    expect(gradOf(x)).toBe(120 * 9);
  });

  test("walks a chain of diamonds once a node, not once a path", () => {
    const x = leaf(1);
    let y: Tensor = x;
    for (let i = 0; i < 60; i++) y = y.add(y).mul(0.5);
    y.backward();
    expect(gradOf(x)).toBe(1);
  });

  test("gives a leaf used twice in one op both parts", () => {
    const x = leaf(3);
    x.mul(x).backward();
    expect(gradOf(x)).toBe(6);
  });

  test("sums over what was broadcast", () => {
    const [row, column, scalar] = [leaf([1, 2, 3]), leaf([[1], [2]]), leaf(2)];
    row.mul(column).mul(scalar).sum().backward();
    expect(gradOf(row)).toEqual([6, 6, 6]);
    expect(gradOf(column)).toEqual([[12], [12]]);
    expect(gradOf(scalar)).toBe(18);
  });

  test("goes 5000 ops deep", () => {
    const x = leaf(1);
    let y: Tensor = x;
    for (let i = 0; i < 5000; i++) y = y.add(1);
    y.backward();
    expect(gradOf(x)).toBe(1);
  });

  test("goes through 3000 ops that lead to one", () => {
    const x = leaf(1);
    let y: Tensor = x.mul(0);
    for (let i = 0; i < 3000; i++) y = y.add(x);
    y.backward();
    expect(gradOf(x)).toBe(3000);
  });

  test("leaves results of ops without a grad, and says so when asked", () => {
    const said: string[] = [];
    const before = setWarningSink((message) => said.push(message));
    const x = leaf(2);
    const y = x.mul(3);
    y.square().backward();
    expect(y.grad).toBe(null);
    setWarningSink(before);
    expect(said.join()).toContain("The .grad attribute of a Tensor that is not a leaf Tensor is being accessed.");
  });

  test("stops at detach", () => {
    const x = leaf(2);
    const y = x.square();
    y.detach().mul(x).backward();
    expect(gradOf(x)).toBe(4);
    expect(y.detach().requiresGrad).toBe(false);
  });

  test("goes on past whole numbers nowhere", () => {
    const x = leaf([1.5, 2.5]);
    expect(x.to("int32").requiresGrad).toBe(false);
    expect(x.gt(2).requiresGrad).toBe(false);
    expect(x.argmax().requiresGrad).toBe(false);
  });

  test("of an element of a sum of leaves with requiresGrad switched off leaves them alone", () => {
    const [x, y] = [leaf(1), leaf(1)];
    y.requiresGrad_(false);
    x.mul(y).backward();
    expect([gradOf(x), y.grad]).toEqual([1, null]);
  });
});

describe("is refused", () => {
  test("without a gradient for several elements", () => {
    expect(() => leaf([1, 2]).mul(2).backward()).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: backward: grad can be implicitly created only for scalar outputs: the shape is [2]. Reduce it first (loss.mean().backward()), or hand in the gradient: backward({ gradient }).]`,
    );
    expect(() => autograd.grad(leaf([1, 2]).mul(2), [])).toThrow(
      "grad can be implicitly created only for scalar outputs",
    );
  });

  test("without a graph", () => {
    const message = "element 0 of tensors does not require grad and does not have a grad_fn";
    expect(() => tensor(1).backward()).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: backward: element 0 of tensors does not require grad and does not have a grad_fn: it was made by tensor, shape []. Was it computed inside noGrad, detached, or from tensors that need no gradient? Leaves ask with requiresGrad_().]`,
    );
    expect(() => noGrad(() => leaf(1).mul(2)).backward()).toThrow(message);
    expect(() => leaf(1).mul(2).detach().backward()).toThrow(message);
    expect(() => tensor([1, 2]).sum().backward()).toThrow(message);
  });

  test("with a gradient of another shape", () => {
    expect(() =>
      leaf([1, 2])
        .mul(2)
        .backward({ gradient: ones([3]) }),
    ).toThrow(
      "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of torch.Size([2]).",
    );
  });

  test("a second time, where something had been saved", () => {
    const x = leaf(3);
    const y = x.square();
    y.backward();
    expect(() => y.backward()).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: backward: Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors after calling backward. Here: backward({ retainGraph: true }) the first time, or run the forward pass again.]`,
    );
    expect(gradOf(x)).toBe(6);
  });

  test("not a second time where nothing had been saved", () => {
    const x = leaf(3);
    const y = x.add(x);
    y.backward();
    y.backward();
    expect(gradOf(x)).toBe(4);
  });

  test("not with retainGraph", () => {
    const x = leaf(3);
    const y = x.square();
    y.backward({ retainGraph: true });
    y.backward({ retainGraph: true });
    y.backward();
    expect(gradOf(x)).toBe(18);
    expect(() => y.backward()).toThrow("Trying to backward through the graph a second time");
  });

  test("through a part that another backward has used up", () => {
    const x = leaf(2);
    const shared = x.exp();
    const [a, b] = [shared.mul(2), shared.mul(3)];
    a.backward();
    expect(() => b.backward()).toThrow("Trying to backward through the graph a second time");
  });

  test("when what was saved has been changed in place", () => {
    const x = leaf([1, 2, 3]);
    const y = x.exp();
    y.add_(1);
    expect(() => y.sum().backward()).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: backward: one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [3]], which is output 0 of Exp, is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True). ExpBackward0 had saved it. Use the op without the trailing underscore, or change a clone().]`,
    );
  });

  test("when an input that was saved has been changed in place", () => {
    const x = leaf([[1, 2]]);
    const y = x.mul(1);
    const z = y.square();
    y.mul_(2);
    expect(() => z.sum().backward()).toThrow(
      "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.FloatTensor [1, 2]], which is output 0 of Mul, is at version 1; expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True).",
    );
  });

  test("when a leaf that was saved has been changed under noGrad", () => {
    const x = leaf([1, 2]);
    const y = x.square().sum();
    noGrad(() => x.add_(1));
    expect(() => y.backward()).toThrow("[torch.FloatTensor [2]] is at version 1; expected version 0 instead.");
  });

  test("not when what was changed had not been saved", () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    const z = y.add(1);
    y.mul_(2);
    z.sum().backward();
    expect(gradOf(x)).toEqual([3, 3]);
  });

  test("of a tensor that was freed", () => {
    const y = leaf(1).mul(2);
    y.dispose();
    expect(() => y.backward()).toThrow("freed");
  });

  test("leaves recording as it was when it fails", () => {
    const y = leaf(3).square();
    y.backward();
    expect(() => y.backward()).toThrow();
    expect(isGradEnabled()).toBe(true);
    expect(leaf(1).mul(2).requiresGrad).toBe(true);
  });
});

describe("hooks", () => {
  test("see the gradient of a leaf and of a result", () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    const seen: unknown[] = [];
    x.registerHook((grad) => void seen.push(["x", grad.toListSync()]));
    y.registerHook((grad) => void seen.push(["y", grad.toListSync()]));
    y.square().sum().backward();
    expect(seen).toEqual([
      ["y", [6, 12]],
      ["x", [18, 36]],
    ]);
  });

  test("replace it, one after the other", () => {
    const x = leaf(1);
    const y = x.mul(2);
    y.registerHook((grad) => grad.mul(10));
    y.registerHook((grad) => grad.add(1));
    y.backward();
    expect(gradOf(x)).toBe(22);
  });

  test("that give nothing change nothing", () => {
    const x = leaf(1);
    x.registerHook(() => {});
    x.registerHook(() => undefined);
    x.mul(2).backward();
    expect(gradOf(x)).toBe(2);
  });

  test("see the sum over all paths, once", () => {
    const x = leaf(3);
    const y = x.mul(1);
    const seen: unknown[] = [];
    y.registerHook((grad) => void seen.push(grad.itemSync()));
    y.mul(y).add(y).backward();
    expect(seen).toEqual([7]);
  });

  test("are removed by their handle, and only they", () => {
    const x = leaf(1);
    const first = x.registerHook((grad) => grad.mul(10));
    x.registerHook((grad) => grad.add(1));
    first.remove();
    first.remove();
    x.mul(2).backward();
    expect(gradOf(x)).toBe(3);
  });

  test("may remove themselves", () => {
    const x = leaf(1);
    const handle = x.registerHook((grad) => {
      handle.remove();
      return grad.mul(10);
    });
    x.registerHook((grad) => grad.add(1));
    x.mul(1).backward();
    x.mul(1).backward();
    expect(gradOf(x)).toBe(13);
  });

  test("may keep what they were given", () => {
    const x = leaf([1, 2]);
    let kept: Tensor | undefined;
    x.mul(3)
      .registerHook((grad) => {
        kept = grad;
      })
      .remove();
    const y = x.mul(3);
    y.registerHook((grad) => {
      kept = grad;
    });
    y.sum().backward();
    expect(kept?.toListSync()).toEqual([1, 1]);
  });

  test("run without recording, and with it under createGraph", () => {
    const recorded: boolean[] = [];
    const x = leaf(2);
    x.registerHook(() => void recorded.push(isGradEnabled()));
    x.square().backward();
    x.square().backward({ createGraph: true });
    expect(recorded).toEqual([false, true]);
  });

  test("may not change the shape", () => {
    const x = leaf([1, 2]);
    x.registerHook((grad) => grad.sum());
    expect(() => x.mul(2).sum().backward()).toThrow("has changed the size of value");
  });

  test("need a gradient to see", () => {
    expect(() => tensor(1).registerHook(() => {})).toThrow(
      "cannot register a hook on a tensor that doesn't require gradient",
    );
  });
});

describe("retainGrad", () => {
  test("keeps the gradient of a result", () => {
    const x = leaf([1, 2]);
    const y = x.mul(3);
    y.retainGrad();
    y.square().sum().backward();
    expect(gradOf(y)).toEqual([6, 12]);
    expect(gradOf(x)).toEqual([18, 36]);
  });

  test("adds up over several backwards, once each", () => {
    const x = leaf(2);
    const y = x.mul(3);
    y.retainGrad();
    y.retainGrad();
    const z = y.mul(2);
    z.backward({ retainGraph: true });
    z.backward();
    expect(gradOf(y)).toBe(4);
  });

  test("does nothing on a leaf", () => {
    const x = leaf(2);
    x.retainGrad();
    x.square().backward();
    expect(gradOf(x)).toBe(4);
  });

  test("needs a gradient to keep", () => {
    expect(() => tensor(1).retainGrad()).toThrow("can't retain_grad on Tensor that has requires_grad=False");
  });
});

describe("autograd.grad", () => {
  test("gives gradients and touches none", () => {
    const [x, w] = [leaf([1, 2]), leaf([3, 4])];
    const [dx, dw] = autograd.grad(x.mul(w).sum(), [x, w]) as [Tensor, Tensor];
    expect([dx.toListSync(), dw.toListSync()]).toEqual([
      [3, 4],
      [1, 2],
    ]);
    expect([x.grad, w.grad]).toEqual([null, null]);
    expect([dx.requiresGrad, dw.requiresGrad]).toEqual([false, false]);
  });

  test("takes one input without a list", () => {
    const x = leaf(3);
    expect(autograd.grad(x.square(), x)[0]?.itemSync()).toBe(6);
  });

  test("takes intermediate results", () => {
    const x = leaf(3);
    const y = x.mul(2);
    const [dy] = autograd.grad(y.square(), [y]);
    expect(dy?.itemSync()).toBe(12);
    const [dx, dz] = autograd.grad(y.square(), [x, y]);
    expect([dx?.itemSync(), dz?.itemSync()]).toEqual([24, 12]);
  });

  test("of a tensor by itself is 1", () => {
    const x = leaf(3);
    const y = x.square();
    expect(autograd.grad(y, [y], { retainGraph: true })[0]?.itemSync()).toBe(1);
    expect(autograd.grad(x, [x])[0]?.itemSync()).toBe(1);
  });

  test("takes the same input twice", () => {
    const x = leaf(3);
    const [first, second] = autograd.grad(x.square(), [x, x]);
    expect([first?.itemSync(), second?.itemSync()]).toEqual([6, 6]);
  });

  test("to the third order: x³, 3x², 6x, 6", () => {
    const x = leaf([1, 2, -3]);
    const options = { createGraph: true };
    const y = x.pow(3);
    const [first] = autograd.grad(y.sum(), [x], options) as [Tensor];
    const [second] = autograd.grad(first.sum(), [x], options) as [Tensor];
    const [third] = autograd.grad(second.sum(), [x], options) as [Tensor];
    expect([y, first, second, third].map((g) => g.toListSync())).toEqual([
      [1, 8, -27],
      [3, 12, 27],
      [6, 12, -18],
      [6, 6, 6],
    ]);
  });

  test("a penalty on the gradient reaches the leaves", () => {
    const [x, w] = [leaf(2), leaf(3)];
    const [dx] = autograd.grad(x.square().mul(w), [x], { createGraph: true }) as [Tensor];
    dx.square().backward();
    // (2xw)²: 8xw² and 8x²w
    expect([gradOf(x), gradOf(w)]).toEqual([144, 96]);
  });

  test("several outputs add up", () => {
    const x = leaf(3);
    const [dx] = autograd.grad([x.square(), x.mul(10)], [x]);
    expect(dx?.itemSync()).toBe(16);
  });

  test("gradOutputs weigh the outputs", () => {
    const x = leaf([1, 2]);
    const [dx] = autograd.grad([x.square(), x.mul(10)], [x], { gradOutputs: [tensor([1, 2]), tensor([3, 4])] });
    expect(dx?.toListSync()).toEqual([32, 48]);
    const [one] = autograd.grad(x.mul(2), [x], { gradOutputs: tensor([5, 6]) });
    expect(one?.toListSync()).toEqual([10, 12]);
    const [mixed] = autograd.grad([x.sum(), x.mul(2)], [x], { gradOutputs: [null, tensor([1, 0])] });
    expect(mixed?.toListSync()).toEqual([3, 1]);
  });

  test("as many gradOutputs as outputs", () => {
    const x = leaf(1);
    expect(() => autograd.grad([x.mul(2)], [x], { gradOutputs: [tensor(1), tensor(1)] })).toThrow(
      "got 1 tensors and 2 gradients",
    );
  });

  test("inputs that were not used are refused, or null", () => {
    const [x, unused] = [leaf(1), leaf(2)];
    expect(() => autograd.grad(x.mul(2), [x, unused])).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: grad: One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior. It is the one at index 1. Here: grad(outputs, inputs, { allowUnused: true }).]`,
    );
    const found = autograd.grad(x.mul(2), [x, unused], { allowUnused: true });
    expect([found[0]?.itemSync(), found[1]]).toEqual([2, null]);
  });

  test("inputs that ask for nothing are refused", () => {
    expect(() => autograd.grad(leaf(1).mul(2), [tensor(1)])).toThrow(
      "One of the differentiated Tensors does not require grad",
    );
  });

  test("leaves what is below its inputs to another backward", () => {
    const x = leaf(3);
    const y = x.square();
    const z = y.square();
    expect(autograd.grad(z, [y])[0]?.itemSync()).toBe(18);
    y.backward();
    expect(gradOf(x)).toBe(6);
  });

  test("calls hooks of its inputs", () => {
    const x = leaf(3);
    x.registerHook((grad) => grad.mul(10));
    expect(autograd.grad(x.square(), [x])[0]?.itemSync()).toBe(60);
  });

  test("its results belong to the scope of the outputs", () => {
    const x = leaf(3);
    let dx: Tensor;
    {
      using _ = scope();
      [dx] = autograd.grad(x.square(), [x]) as [Tensor];
      expect(dx.itemSync()).toBe(6);
    }
    expect(dx.isDisposed).toBe(true);
  });
});

describe("noGrad and enableGrad", () => {
  test("switch recording off and on", () => {
    const x = leaf(1);
    expect(isGradEnabled()).toBe(true);
    noGrad(() => {
      expect(isGradEnabled()).toBe(false);
      expect(x.mul(2).requiresGrad).toBe(false);
      enableGrad(() => {
        expect(isGradEnabled()).toBe(true);
        expect(x.mul(2).requiresGrad).toBe(true);
        noGrad(() => expect(isGradEnabled()).toBe(false));
        expect(isGradEnabled()).toBe(true);
      });
      expect(isGradEnabled()).toBe(false);
    });
    expect(isGradEnabled()).toBe(true);
  });

  test("give what the function gives", () => {
    expect(noGrad(() => 5)).toBe(5);
    expect(enableGrad(() => "a")).toBe("a");
  });

  test("restore when an error is thrown", () => {
    const fail = (): never => {
      throw new Error("stop");
    };
    expect(() => noGrad(fail)).toThrow("stop");
    expect(isGradEnabled()).toBe(true);
    noGrad(() => {
      expect(() => enableGrad(fail)).toThrow("stop");
      expect(isGradEnabled()).toBe(false);
    });
  });

  test("let leaves ask for gradients", () => {
    const x = noGrad(() => zeros([2], { requiresGrad: true }));
    x.sum().backward();
    expect(gradOf(x)).toEqual([1, 1]);
  });

  test("refuse functions that await, and restore", async () => {
    const later = async (): Promise<void> => {};
    expect(() => noGrad(later)).toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: noGrad: the function must not be asynchronous: it returned a promise, and other tasks run before that settles. Wrap the synchronous parts only: noGrad(() => ...) around each computation between awaits.]`,
    );
    expect(isGradEnabled()).toBe(true);
    noGrad(() => {
      expect(() => enableGrad(later)).toThrow();
      expect(isGradEnabled()).toBe(false);
    });
  });

  test("backward works inside noGrad on what was recorded outside", () => {
    const x = leaf(3);
    const y = x.square();
    noGrad(() => y.backward());
    expect(gradOf(x)).toBe(6);
  });
});

describe("a second backward, as in PyTorch,", () => {
  const ops: Record<string, (x: Tensor) => Tensor> = {
    "mul by a number": (x) => x.mul(2),
    "div by a number": (x) => x.div(2),
    "pow of a number": (x) => x.pow(2),
    exp: (x) => x.exp(),
    "mul by itself": (x) => x.mul(x),
  };
  test.each(Object.entries(ops))("is refused after %s", (_, op) => {
    const loss = op(tensor([1, 2], { requiresGrad: true })).sum();
    loss.backward();
    expect(() => loss.backward()).toThrow("Trying to backward through the graph a second time");
  });

  const free: Record<string, (x: Tensor) => Tensor> = {
    "add of a number": (x) => x.add(2),
    "add of itself": (x) => x.add(x),
    neg: (x) => x.neg(),
    mean: (x) => x.mean(),
    view: (x) => x.view(2, 1),
    expand: (x) => x.expand(3, 2),
  };
  test.each(Object.entries(free))("is none where nothing was saved: %s", (_, op) => {
    const x = tensor([1, 2], { requiresGrad: true });
    const loss = op(x).sum();
    loss.backward();
    const once = x.grad?.toListSync() as number[];
    loss.backward();
    expect(x.grad?.toListSync()).toEqual(once.map((slope) => 2 * slope));
  });
});

describe("modes by a flag", () => {
  test("setGradEnabled records or not, and only inside", () => {
    const x = leaf([1]);
    expect([true, false].map((on) => setGradEnabled(on, () => x.mul(2).requiresGrad))).toEqual([true, false]);
    expect(noGrad(() => setGradEnabled(true, () => x.mul(2).requiresGrad))).toBe(true);
    expect(x.mul(2).requiresGrad).toBe(true);
  });

  test("inferenceMode records nothing", () => {
    const x = leaf([1]);
    expect(inferenceMode(() => x.mul(2).requiresGrad)).toBe(false);
    expect(x.mul(2).requiresGrad).toBe(true);
  });
});
