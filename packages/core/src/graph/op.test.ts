import { describe, expect, test } from "vitest";
import { defineOp } from "../extend.ts";
import { autograd, cpu, memory, noGrad, ones, scope, type Tensor, tensor, zeros } from "../index.ts";
import { constant } from "../ops/constant.ts";
import { leakGuard } from "../testing/leak-guard.ts";
import { RecordingDevice } from "../testing/recording-device.ts";
import { observingOps, watchOps } from "./op.ts";

leakGuard();

/** `3 x²`, made of other ops. */
const triple = defineOp("triple square", {
  forward: ([x]) => {
    const squared = (x as Tensor).mul(x as Tensor);
    return squared.add(squared).add(squared);
  },
  backward: (grad, saved) => [grad.mul(saved.input(0)).mul(6)],
});

describe("an op", () => {
  test("frees what it makes on the way", () => {
    const x = ones([4]).add(1);
    const before = memory().tensors;
    const y = triple([x], undefined);
    expect(memory().tensors).toBe(before + 1);
    expect(y.toListSync()).toEqual([12, 12, 12, 12]);
  });

  test("frees it too when it fails on the way", () => {
    const fails = defineOp("fails", {
      forward: ([x]) => {
        (x as Tensor).mul(2).exp();
        throw new Error("stop");
      },
    });
    const x = ones([4]).add(1);
    const before = memory().tensors;
    expect(() => fails([x], undefined)).toThrow("stop");
    expect(memory().tensors).toBe(before);
    // And is over: what is made now is no temporary.
    expect(x.add(1).isDisposed).toBe(false);
  });

  test("is recorded as one, whatever it is made of", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const y = triple([x], undefined);
    expect(y.gradFn?.name).toBe("Triple squareBackward0");
    expect(y.gradFn?.next.map((node) => node?.name)).toEqual(["AccumulateGrad"]);
    y.sum().backward();
    expect(x.grad?.toListSync()).toEqual([6, 12]);
    x.dispose();
  });

  test("is not recorded where nothing asks for it", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    expect(triple([tensor([1, 2])], undefined).gradFn).toBeNull();
    expect(noGrad(() => triple([x], undefined)).gradFn).toBeNull();
    expect(triple([x.detach()], undefined).requiresGrad).toBe(false);
  });

  test("that has no derivative gives what needs none", () => {
    const flat = defineOp("flat", { forward: ([x]) => (x as Tensor).mul(0) });
    expect(flat([tensor([1], { requiresGrad: true })], undefined).requiresGrad).toBe(false);
  });

  test("that hands back its input gives a tensor of its own", () => {
    const same = defineOp("same", { forward: ([x]) => x as Tensor, backward: (grad) => [grad] });
    const x = tensor([1, 2]);
    const y = same([x], undefined);
    y.add_(1);
    expect([x.toListSync(), y.toListSync()]).toEqual([
      [1, 2],
      [2, 3],
    ]);
    y.dispose();
    expect(x.isDisposed).toBe(false);
  });

  test("that hands back a constant gives a tensor of its own", () => {
    const nothing = zeros([0], { requiresGrad: true });
    const sum = nothing.sum();
    sum.add(1).backward();
    sum.dispose();
    const kept = constant(cpu, 0, "float32");
    expect([kept.isDisposed, kept.gradFn, kept.op]).toEqual([false, null, "constant"]);
    expect(scope(() => zeros([0]).sum().itemSync())).toBe(0);
    expect(scope(() => zeros([0]).prod().itemSync())).toBe(1);
    expect(kept.isDisposed).toBe(false);
    nothing.dispose();
  });

  test("asks its derivative only for what is needed", () => {
    const asked: (readonly boolean[])[] = [];
    const y = defineOp("needs", {
      forward: ([a, b]) => (a as Tensor).add(b as Tensor),
      backward: (grad, { needs }) => {
        asked.push(needs);
        return [grad, null];
      },
    })([tensor([1], { requiresGrad: true }), tensor([2])], undefined);
    autograd.grad(y, [y]);
    y.backward();
    expect(asked).toEqual([[true, false]]);
  });

  test("refuses tensors that were freed before it runs a kernel", () => {
    const on = new RecordingDevice(cpu, "recorded");
    const [x, gone] = [tensor([1], { device: on }), tensor([1], { device: on })];
    gone.dispose();
    expect(() => triple([gone], undefined)).toThrow("triple square: the tensor has been freed");
    expect(() => x.add(gone)).toThrow("add: the tensor has been freed: it was made by tensor, shape [1]");
    expect(on.kernels).toEqual([]);
  });
});

test("ops can be watched", () => {
  const seen: string[] = [];
  observingOps(
    (op) => seen.push(op),
    () => tensor([1, 2]).mul(2).sum(),
  );
  tensor([1]).exp();
  expect(seen).toEqual(["mul", "sum"]);
});

test("a watcher is told where an op has run, once it has", () => {
  const on = new RecordingDevice(cpu, "recorded");
  const seen: string[] = [];
  const stop = watchOps((op, device) => seen.push(`${op} on ${device.name}`));
  expect(() => tensor([1, 2]).add(tensor([1, 2, 3]))).toThrow();
  tensor([1], { device: on }).exp();
  stop();
  tensor([1]).exp();
  expect(seen).toEqual(["toDevice on recorded", "exp on recorded"]);
});

describe("a device is asked for", () => {
  test("one kernel an op, and nothing where nothing is to be done", () => {
    const on = new RecordingDevice(cpu, "recorded");
    const x = ones([2, 3], { device: on });
    const kernelsOf = (fn: () => unknown): string[] => {
      on.kernels.length = 0;
      fn();
      return [...on.kernels];
    };
    expect(kernelsOf(() => x.add(1))).toEqual(["add"]);
    expect(kernelsOf(() => x.matmul(x.t()))).toContain("matmul");
    expect(kernelsOf(() => x.view(3, 2))).toEqual([]);
    expect(kernelsOf(() => x.unsqueeze(0).squeeze().flatten())).toEqual([]);
    expect(kernelsOf(() => x.detach().clone())).toEqual([]);
    expect(kernelsOf(() => x.to("float32").to(on))).toEqual([]);
    expect(kernelsOf(() => x.view(1, 6).sum(0))).toEqual([]);
    expect(kernelsOf(() => x.fill_(3))).toEqual([]);
    expect(on.reads).toBe(0);
  });
});
