import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lookUp } from "../device.ts";
import { leaveScope } from "../extend.ts";
import { arange, cat, fromBuffer, Generator, memory, ones, randperm, stack, type Tensor, tensor } from "../index.ts";
import { readElements } from "./host-elements.ts";
import { PendingSteps, type StepKind } from "./pending.ts";

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 37) % 256);
const images = (): Tensor => fromBuffer(bytes(24), [4, 2, 3]);

/** What waits behind a tensor: its bytes, and the steps; undefined where it has been computed. */
const waiting = (x: Tensor): PendingSteps | null | undefined => x.content().host?.steps;
const sourceOf = (x: Tensor): unknown => x.content().host?.data;

let tables = vi.spyOn(PendingSteps.prototype, "table", "get");
let device = 0;
beforeEach(() => {
  tables = vi.spyOn(PendingSteps.prototype, "table", "get");
  device = memory().tensors;
});
afterEach(() => {
  vi.restoreAllMocks();
  leaveScope();
});

function expectNothingComputed(): void {
  expect(tables).not.toHaveBeenCalled();
  expect(memory().tensors).toBe(device);
}

describe("nothing is computed before it is read", () => {
  test("steps wait", () => {
    const x = images();
    const y = x.to("float32").div(255).sub(0.1307).div(0.3081);
    expect([y.dtype, y.shape]).toEqual(["float32", [4, 2, 3]]);
    expect(sourceOf(y)).toBe(sourceOf(x));
    expectNothingComputed();
    y.toListSync();
    expect(tables).toHaveBeenCalled();
  });

  test.each<[string, (x: Tensor) => Tensor, readonly number[]]>([
    ["view", (x) => x.view(4, 6), [4, 6]],
    ["reshape", (x) => x.reshape(-1), [24]],
    ["flatten", (x) => x.flatten(1), [4, 6]],
    ["unflatten", (x) => x.unflatten(0, [2, 2]), [2, 2, 2, 3]],
    ["squeeze", (x) => x.select(0, 0).unsqueeze(0).squeeze(0), [2, 3]],
    ["unsqueeze", (x) => x.unsqueeze(1), [4, 1, 2, 3]],
    ["select", (x) => x.select(0, -1), [2, 3]],
    ["narrow", (x) => x.narrow(0, 1, 2), [2, 2, 3]],
    ["index", (x) => x.index("1:3"), [2, 2, 3]],
    ["split", (x) => x.split(3)[1] as Tensor, [1, 2, 3]],
    ["unbind", (x) => x.unbind()[2] as Tensor, [2, 3]],
    ["stack of neighbours", (x) => stack([x.select(0, 1), x.select(0, 2)]), [2, 2, 3]],
    ["stack of others", (x) => stack([x.select(0, 3), x.select(0, 0)]), [2, 2, 3]],
    ["indexSelect", (x) => x.indexSelect(0, tensor([2, 0, 2], { dtype: "int32" })), [3, 2, 3]],
    ["index by a tensor", (x) => x.index(tensor([2, 0], { dtype: "int32" })), [2, 2, 3]],
    ["detach", (x) => x.detach(), [4, 2, 3]],
    ["clone", (x) => x.clone(), [4, 2, 3]],
  ])("%s keeps bytes, and steps before and after it wait", (_, op, shape) => {
    const x = images();
    const plain = op(x);
    const before = op(x.to("float32").div(255));
    const after = op(x).to("float32").div(255);
    const both = op(x.to("float32")).div(255);
    expect(plain.dtype).toBe("uint8");
    expect(sourceOf(plain)).toBeInstanceOf(Uint8Array);
    for (const y of [before, after, both]) {
      expect(y.shape).toEqual(shape);
      expect(sourceOf(y)).toBeInstanceOf(Uint8Array);
      expect(waiting(y)).toBe(waiting(before));
    }
    expectNothingComputed();
    const computed = op(tensor(x.toTypedArraySync(), { dtype: "float32" }).view(4, 2, 3).mul(1).div(255));
    for (const y of [before, after, both]) expect(y.toListSync()).toEqual(computed.toListSync());
  });

  test("toString, item and data look steps up", async () => {
    const x = fromBuffer(new Uint8Array([51, 255]), [2])
      .to("float32")
      .div(255);
    expect(x.select(0, 0).itemSync()).toBe(Math.fround(0.2));
    expect(await x.select(0, 1).item()).toBe(1);
    expect(await x.toTypedArray()).toEqual(new Float32Array([0.2, 1]));
    expect(String(x)).toBe("tensor([0.2000, 1.0000])");
  });

  test("reading does not end the waiting", () => {
    const x = images().to("float32").div(255);
    const first = x.toTypedArraySync();
    first.fill(0);
    expect(x.mul(255).select(0, 0).select(0, 1).toListSync()).toHaveLength(3);
    expect(x.toTypedArraySync()[1]).toBeCloseTo(37 / 255, 6);
  });

  test("bytes read are the reader's own", () => {
    const data = bytes(6);
    const read = fromBuffer(data, [6]).toTypedArraySync();
    read.fill(9);
    expect(data).toEqual(bytes(6));
  });
});

describe("equal chains are one object", () => {
  const chain = (x: Tensor): Tensor => x.to("float32").div(255).sub(0.5).mul(2);

  test("whatever they stand over", () => {
    expect(waiting(chain(images()))).toBe(waiting(chain(fromBuffer(bytes(3), [3]))));
    expect(waiting(images().to("float32"))).toBe(PendingSteps.toFloat);
  });

  test("also when others came in between", () => {
    const one = waiting(chain(images()));
    images().to("float32").div(254);
    images().to("float32").div(255).sub(0.25);
    expect(waiting(chain(images()))).toBe(one);
  });

  test("values that are equal in single precision are equal", () => {
    const x = images().to("float32");
    expect(waiting(x.mul(0.1))).toBe(waiting(x.mul(Math.fround(0.1))));
  });

  test("kinds, values and order tell them apart", () => {
    const x = images().to("float32");
    const all = [
      x,
      x.add(2),
      x.sub(2),
      x.mul(2),
      x.div(2),
      x.mul(3),
      x.mul(2).add(1),
      x.add(1).mul(2),
      x.add(0),
      x.mul(2).mul(2),
    ].map(waiting);
    expect(new Set(all).size).toBe(all.length);
  });

  test("compute their table once", () => {
    const steps = PendingSteps.toFloat.append("mul", 0.123).append("add", 4);
    expect(steps.table).toBe(steps.table);
  });

  test("values that change from call to call are forgotten in time, and right all the same", () => {
    const x = fromBuffer(ALL_BYTES, [256]).to("float32");
    for (let i = 0; i < 500; i++) {
      const factor = i / 7 + 0.01;
      expect(x.mul(factor).toTypedArraySync()[200]).toBe(Math.fround(200 * Math.fround(factor)));
    }
  });
});

describe("tables are what single precision gives", () => {
  const generator = new Generator(11);
  const pick = (n: number): number => generator.random32() % n;
  const kinds = ["add", "sub", "mul", "div"] as const;
  const apply: Record<StepKind, (a: number, b: number) => number> = {
    add: (a, b) => Math.fround(a + b),
    sub: (a, b) => Math.fround(a - b),
    mul: (a, b) => Math.fround(a * b),
    div: (a, b) => Math.fround(a / b),
  };

  test("for 200 random chains, and as kernels compute them", () => {
    const x = fromBuffer(ALL_BYTES, [256]);
    for (let round = 0; round < 200; round++) {
      const steps = Array.from({ length: 1 + pick(6) }, () => {
        const value = (pick(2000) - 1000) / (1 + pick(300));
        return [kinds[pick(4)] as StepKind, value === 0 ? 1 : value] as const;
      });
      let later = x.to("float32");
      let now = tensor(ALL_BYTES, { dtype: "float32" });
      let expected = Array.from(ALL_BYTES, Number);
      for (const [kind, value] of steps) {
        later = later[kind](value);
        now = now[kind](value);
        expected = expected.map((a) => apply[kind](a, Math.fround(value)));
      }
      expect(waiting(later)).toBeInstanceOf(PendingSteps);
      expect(Array.from(later.toTypedArraySync())).toEqual(expected);
      expect(Array.from(now.toTypedArraySync())).toEqual(expected);
    }
  });

  test("also for 0, infinities and NaN", () => {
    const x = fromBuffer(ALL_BYTES, [256]).to("float32");
    for (const value of [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e-45, 3e38]) {
      for (const kind of kinds) {
        const expected = Array.from(ALL_BYTES, (a) => apply[kind](a, Math.fround(value)));
        expect(Array.from(x[kind](value).toTypedArraySync())).toEqual(expected);
      }
    }
  });

  test("0 and -0 are two numbers", () => {
    const x = fromBuffer(new Uint8Array([1]), [1]).to("float32");
    for (const zero of [0, -0, 0, -0]) expect(x.div(zero).itemSync()).toBe(1 / zero);
  });

  test("lookUp reads any number of bytes", () => {
    const { table } = PendingSteps.toFloat.append("mul", 0.5);
    for (const length of [0, 1, 2, 3, 4, 5, 7, 8, 9]) {
      const out = lookUp(bytes(length), table, new Float32Array(length));
      expect(Array.from(out)).toEqual(Array.from(bytes(length), (byte) => byte / 2));
    }
  });

  test("readElements looks at its window only", () => {
    const steps = PendingSteps.toFloat.append("add", 1);
    const found = readElements({ data: ALL_BYTES, offset: 3, length: 5, steps });
    expect(Array.from(found)).toEqual([4, 5, 6, 7, 8]);
    const plain = readElements({ data: ALL_BYTES, offset: 3, length: 2, steps: null });
    expect(Array.from(plain)).toEqual([3, 4]);
  });
});

describe("whole numbers stay bytes", () => {
  test("with whole numbers, as in PyTorch", () => {
    const x = tensor([250, 5], { dtype: "uint8" });
    expect(x.add(10).dtype).toBe("uint8");
    expect(x.add(10).toListSync()).toEqual([4, 15]);
    expect(x.mul(2).toListSync()).toEqual([244, 10]);
  });

  test("but not with fractions, nor in quotients", () => {
    const x = tensor([250, 5], { dtype: "uint8" });
    const [sum, quotient] = [x.add(0.5), x.div(10)];
    expect([waiting(sum), waiting(quotient)].every((steps) => steps instanceof PendingSteps)).toBe(true);
    expectNothingComputed();
    expect([sum.dtype, quotient.dtype]).toEqual(["float32", "float32"]);
    expect(sum.toListSync()).toEqual([250.5, 5.5]);
    expect(quotient.toListSync()).toEqual([25, 0.5]);
  });

  test("alpha and rounding are heeded", () => {
    const x = tensor([7, 9], { dtype: "uint8" }).to("float32");
    expect(x.add(1, { alpha: 3 }).toListSync()).toEqual([10, 12]);
    expect(x.div(2, { roundingMode: "floor" }).toListSync()).toEqual([3, 4]);
  });
});

describe("is computed at once", () => {
  test("what is no byte", () => {
    for (const dtype of ["float32", "int32"] as const) {
      const y = tensor([1, 2], { dtype }).to("float32").div(2);
      expect(waiting(y) ?? null).toBe(null);
      expect(y.toListSync()).toEqual([0.5, 1]);
    }
    const mask = tensor([true, false]).to("float32").mul(3);
    expect(waiting(mask) ?? null).toBe(null);
    expect(mask.toListSync()).toEqual([3, 0]);
  });

  test("what wants a gradient", () => {
    const x = images().to("float32").requiresGrad_();
    const y = x.div(255);
    expect(waiting(y) ?? null).toBe(null);
    y.sum().backward();
    expect(x.grad?.shape).toEqual([4, 2, 3]);
    expect(x.grad?.select(0, 0).select(0, 0).toListSync()).toEqual([1 / 255, 1 / 255, 1 / 255].map(Math.fround));
  });

  test("what meets another tensor", () => {
    const y = images()
      .to("float32")
      .add(ones([3]));
    expect(waiting(y) ?? null).toBe(null);
    expect(y.select(0, 0).toListSync()).toEqual([
      [1, 38, 75],
      [112, 149, 186],
    ]);
  });

  test("other ops, over pending bytes", () => {
    const x = fromBuffer(new Uint8Array([0, 51, 255]), [3])
      .to("float32")
      .div(255)
      .sub(0.5)
      .mul(2);
    expect(x.abs().toListSync()).toEqual([1, Math.fround(0.6), 1].map((v) => expect.closeTo(v, 6)));
    expect(x.sum().itemSync()).toBeCloseTo(-0.6, 6);
    expect(x.gt(0).toListSync()).toEqual([false, false, true]);
    expect(x.flip(0).toListSync()[0 as never]).toBe(1);
    expect(x.to("int32").toListSync()).toEqual([-1, 0, 1]);
    expect(x.to("bool").toListSync()).toEqual([true, true, true]);
  });

  test("what an in-place op leaves", () => {
    const source = images();
    const x = source.to("float32").div(255);
    const view = x.view(-1);
    x.mul_(255).round().sub_(0);
    expect(view.select(0, 1).itemSync()).toBeCloseTo(37, 4);
    expect(source.select(0, 0).select(0, 0).select(0, 1).itemSync()).toBe(37);
  });
});

describe("stack and cat", () => {
  test("neighbours look into the buffer that they came from", () => {
    const x = images().to("float32").div(255);
    const rows = x.unbind();
    for (const [from, to] of [
      [0, 4],
      [1, 3],
      [2, 3],
    ]) {
      const joined = stack(rows.slice(from, to));
      expect(sourceOf(joined)).toBe(sourceOf(x));
      expect(joined.toListSync()).toEqual((x.toListSync() as unknown[]).slice(from, to));
    }
    expect(stack(rows).content().host).toMatchObject({ offset: 0 });
  });

  test.each<[string, number[]]>([
    ["backwards", [3, 2, 1, 0]],
    ["with a gap", [0, 2]],
    ["with one twice", [1, 1]],
    ["at random", [2, 0, 3]],
  ])("%s copies no byte before it is read, and the steps wait on", (_, order) => {
    const x = images().to("float32").div(255);
    const joined = stack(order.map((i) => x.select(0, i)));
    expect(sourceOf(joined)).toBe(sourceOf(x));
    expect(waiting(joined)).toBe(waiting(x));
    expectNothingComputed();
    const rows = x.toListSync() as unknown[];
    expect(joined.toListSync()).toEqual(order.map((i) => rows[i]));
  });

  test("of different chains is computed, each by its own", () => {
    const x = images();
    const [a, b] = [x.select(0, 0).to("float32").div(255), x.select(0, 1).to("float32").mul(2)];
    const joined = stack([a, b]);
    expect(joined.shape).toEqual([2, 2, 3]);
    expect(joined.toListSync()).toEqual([a.toListSync(), b.toListSync()]);
    const one = stack([a, b.add(1).select(0, 0).expand(2, 3)]);
    expect(one.toListSync()).toEqual([
      a.toListSync(),
      [b.add(1).toListSync(), b.add(1).toListSync()].map((r) => (r as unknown[])[0]),
    ]);
  });

  test("of bytes and pending floats gives floats", () => {
    const x = images();
    const joined = stack([x.select(0, 0), x.select(0, 1).to("float32")]);
    expect(joined.dtype).toBe("float32");
    expect(joined.toListSync()).toEqual([x.select(0, 0).toListSync(), x.select(0, 1).toListSync()]);
  });

  test("along another dimension, and cat, give the same elements", () => {
    const x = images().to("float32").div(255);
    const rows = x.unbind();
    expect(stack(rows, 1).toListSync()).toEqual(x.transpose(0, 1).toListSync());
    expect(cat(rows.map((row) => row.unsqueeze(0))).toListSync()).toEqual(x.toListSync());
  });

  test("indexSelect by a permutation puts rows where it says", () => {
    const x = images().to("float32").div(255);
    const order = randperm(4, { generator: new Generator(3) });
    const rows = x.toListSync() as unknown[];
    expect(x.indexSelect(0, order).toListSync()).toEqual((order.toListSync() as number[]).map((i) => rows[i]));
    expect(x.indexSelect(0, arange(0)).shape).toEqual([0, 2, 3]);
  });
});
