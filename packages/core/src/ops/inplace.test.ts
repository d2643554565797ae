import { afterEach, describe, expect, test } from "vitest";
import { leaveScope, setData } from "../extend.ts";
import { arange, autograd, Generator, memory, noGrad, ones, pad, scope, type Tensor, tensor, zeros } from "../index.ts";

afterEach(() => leaveScope());

const leaf = (data: number[] | number[][]): Tensor => tensor(data, { requiresGrad: true });
const gradOf = (x: Tensor): unknown => x.grad?.toListSync();

type Change = (x: Tensor) => Tensor;
const mask = tensor([true, false, true, false]);
const other = [0.5, -1.5, 2.5, 3];

/** Each in-place op beside its functional form; `y` is an operand that may want a gradient. */
const pairs: readonly {
  readonly name: string;
  readonly changes: (x: Tensor, y: Tensor) => Tensor;
  readonly makes: (x: Tensor, y: Tensor) => Tensor;
  /** The derivative looks at the result: it must not change any more. */
  readonly savesResult?: boolean;
}[] = [
  { name: "add_ tensor", changes: (x, y) => x.add_(y), makes: (x, y) => x.add(y) },
  { name: "add_ alpha", changes: (x, y) => x.add_(y, { alpha: -3 }), makes: (x, y) => x.add(y, { alpha: -3 }) },
  { name: "add_ number", changes: (x) => x.add_(2), makes: (x) => x.add(2) },
  { name: "sub_ tensor", changes: (x, y) => x.sub_(y), makes: (x, y) => x.sub(y) },
  { name: "sub_ number", changes: (x) => x.sub_(2.5), makes: (x) => x.sub(2.5) },
  { name: "mul_ tensor", changes: (x, y) => x.mul_(y), makes: (x, y) => x.mul(y) },
  { name: "mul_ number", changes: (x) => x.mul_(-2), makes: (x) => x.mul(-2) },
  { name: "div_ tensor", changes: (x, y) => x.div_(y), makes: (x, y) => x.div(y) },
  { name: "div_ number", changes: (x) => x.div_(4), makes: (x) => x.div(4) },
  { name: "pow_ number", changes: (x) => x.pow_(2), makes: (x) => x.pow(2) },
  { name: "pow_ third", changes: (x) => x.pow_(3), makes: (x) => x.pow(3) },
  { name: "pow_ tensor", changes: (x, y) => x.pow_(y), makes: (x, y) => x.pow(y) },
  { name: "neg_", changes: (x) => x.neg_(), makes: (x) => x.neg() },
  { name: "exp_", savesResult: true, changes: (x) => x.exp_(), makes: (x) => x.exp() },
  { name: "log_", changes: (x) => x.log_(), makes: (x) => x.log() },
  { name: "sqrt_", savesResult: true, changes: (x) => x.sqrt_(), makes: (x) => x.sqrt() },
  { name: "abs_", changes: (x) => x.abs_(), makes: (x) => x.abs() },
  { name: "clamp_", changes: (x) => x.clamp_(0.75, 2), makes: (x) => x.clamp(0.75, 2) },
  { name: "clamp_ named", changes: (x) => x.clamp_({ max: 1 }), makes: (x) => x.clamp({ max: 1 }) },
  { name: "maskedFill_", changes: (x) => x.maskedFill_(mask, 9), makes: (x) => x.maskedFill(mask, 9) },
  { name: "relu_", savesResult: true, changes: (x) => x.relu_(), makes: (x) => x.relu() },
  { name: "sigmoid_", savesResult: true, changes: (x) => x.sigmoid_(), makes: (x) => x.sigmoid() },
  { name: "tanh_", savesResult: true, changes: (x) => x.tanh_(), makes: (x) => x.tanh() },
  { name: "floor_", changes: (x) => x.floor_(), makes: (x) => x.floor() },
  { name: "sin_", changes: (x) => x.sin_(), makes: (x) => x.sin() },
  { name: "square_", changes: (x) => x.square_(), makes: (x) => x.square() },
  { name: "rsqrt_", savesResult: true, changes: (x) => x.rsqrt_(), makes: (x) => x.rsqrt() },
  { name: "cumsum_", changes: (x) => x.cumsum_(0), makes: (x) => x.cumsum(0) },
  { name: "remainder_ number", changes: (x) => x.remainder_(2), makes: (x) => x.remainder(2) },
  { name: "copy_", changes: (x, y) => x.copy_(y), makes: (x, y) => x.mul(0).add(y) },
  { name: "fill_", changes: (x) => x.fill_(3), makes: (x) => x.mul(0).add(3) },
  { name: "zero_", changes: (x) => x.zero_(), makes: (x) => x.mul(0) },
];

describe.each(pairs)("$name", ({ changes, makes, savesResult }) => {
  const start = [0.5, 1, 1.5, 2.5];

  test("changes the tensor into what its twin makes, and gives it back", () => {
    const x = tensor(start);
    const y = tensor(other);
    expect(changes(x, y)).toBe(x);
    expect(x.toListSync()).toEqual(makes(tensor(start), tensor(other)).toListSync());
    expect(y.toListSync()).toEqual(other);
    expect(x.requiresGrad).toBe(false);
  });

  test("has the gradients of its twin", () => {
    const run = (op: (x: Tensor, y: Tensor) => Tensor): unknown[] => {
      const [a, b] = [leaf(start), leaf(other)];
      const x = a.mul(1);
      const out = op(x, b);
      const value = out.toListSync();
      out
        .mul(tensor([1, 10, 100, 1000]))
        .sum()
        .backward();
      return [value, gradOf(a), gradOf(b)];
    };
    const [value, da, db] = run(changes);
    const [wantedValue, wantedA, wantedB] = run(makes);
    expect([value, da]).toEqual([wantedValue, wantedA]);
    // A functional form that names the other operand is the only one to give it a gradient.
    expect(db).toEqual(wantedB);
  });

  test("twice in a row has the gradients of its twin twice", () => {
    const run = (op: (x: Tensor, y: Tensor) => Tensor): unknown[] => {
      const a = leaf([1.1, 1.2, 1.3, 1.4]);
      const y = tensor([1.5, 1.25, 1, 2]);
      const out = op(op(a.mul(1), y), y);
      out.square().sum().backward();
      return [out.detach().toListSync(), gradOf(a)];
    };
    if (savesResult) expect(() => run(changes)).toThrow("has been modified by an inplace operation");
    else expect(run(changes)).toEqual(run(makes));
  });

  test("is seen through a view, with its gradient", () => {
    const run = (op: (x: Tensor, y: Tensor) => Tensor, seen: boolean): unknown[] => {
      const a = leaf(start);
      const x = a.mul(1);
      const out = op(x.view(4), tensor(other));
      const whole = seen ? x : out;
      whole
        .mul(tensor([1, 10, 100, 1000]))
        .sum()
        .backward();
      return [whole.detach().toListSync(), gradOf(a)];
    };
    expect(run(changes, true)).toEqual(run(makes, false));
  });

  test("under noGrad changes a leaf, which stays one", () => {
    const x = leaf(start);
    noGrad(() => changes(x, tensor(other)));
    expect(x.detach().toListSync()).toEqual(makes(tensor(start), tensor(other)).toListSync());
    expect([x.isLeaf, x.requiresGrad]).toEqual([true, true]);
  });

  test("frees what it replaced", () => {
    const before = memory().tensors;
    {
      using _ = scope();
      const x = tensor(start).add(0);
      const y = tensor(other).add(0);
      const held = memory().tensors;
      for (let i = 0; i < 3; i++) changes(x, y);
      expect(memory().tensors - held).toBeLessThanOrEqual(1);
    }
    expect(memory().tensors).toBeLessThanOrEqual(before + 1);
  });
});

test("comparisons leave 0 and 1 in the tensor's own dtype, and pass no gradient on, as in PyTorch", () => {
  const x = leaf([1, 2]);
  const y = x.mul(2);
  expect([y.eq_(4).toListSync(), y.dtype, y.requiresGrad]).toEqual([[0, 1], "float32", true]);
  y.sum().backward();
  expect(gradOf(x)).toEqual([0, 0]);
  expect(tensor([1, 0, 3], { dtype: "int64" }).logicalNot_().toListSync()).toEqual([0, 1, 0]);
  expect(
    tensor([1, 2])
      .lt_(tensor([2, 2]))
      .toListSync(),
  ).toEqual([1, 0]);
});

test("mul_ by itself changes what it saved, as in PyTorch", () => {
  expect(
    tensor([1, 2, 3])
      .mul_(tensor([1, 2, 3]))
      .toListSync(),
  ).toEqual([1, 4, 9]);
  const plain = tensor([1, 2, 3]);
  expect(plain.mul_(plain).toListSync()).toEqual([1, 4, 9]);
  const x = leaf([1, 2]).mul(1);
  x.mul_(x);
  expect(() => x.sum().backward()).toThrow("has been modified by an inplace operation");
});

describe("random ones", () => {
  const draws: Record<string, (x: Tensor, generator: Generator) => Tensor> = {
    uniform_: (x, generator) => x.uniform_(-1, 1, { generator }),
    normal_: (x, generator) => x.normal_(2, 3, { generator }),
    bernoulli_: (x, generator) => x.bernoulli_(0.3, { generator }),
    random_: (x, generator) => x.random_(5, 10, { generator }),
  };
  test.each(Object.entries(draws))("%s draws the same numbers for the same seed and cuts the graph", (_, draw) => {
    const a = leaf([1, 2, 3]);
    const x = a.mul(1);
    expect(draw(x, new Generator(0))).toBe(x);
    expect(x.detach().toListSync()).toEqual(draw(zeros([3]), new Generator(0)).toListSync());
    x.sum().backward();
    expect(gradOf(a)).toEqual([0, 0, 0]);
  });

  test("refuse ranges that are none", () => {
    const x = zeros([2]);
    expect(() => x.uniform_(1, 0)).toThrow("uniform_ expects to return a [from, to) range, but found from=1 > to=0");
    expect(() => x.normal_(0, -1)).toThrow("normal expects std >= 0.0, but found std -1");
    expect(() => x.bernoulli_(1.5)).toThrow("bernoulli_ expects p to be in [0, 1], but got p=1.5");
    expect(() => x.random_(5, 5)).toThrow("random_ expects 'from' to be less than 'to', but got from=5 >= to=5");
    expect(() => x.random_(0)).toThrow("random_ expects 'from' to be less than 'to', but got from=0 >= to=0");
  });

  test("whole numbers take no fractions", () => {
    expect(() => zeros([2], { dtype: "int64" }).uniform_()).toThrow("not implemented for");
    expect(() => zeros([2], { dtype: "int64" }).normal_()).toThrow("not implemented for");
    expect(zeros([2], { dtype: "int64" }).random_(3).dtype).toBe("int64");
  });
});

describe("is refused", () => {
  test("on a leaf that wants a gradient", () => {
    expect(() => leaf([1]).add_(1)).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: add_: a leaf Variable that requires grad is being used in an in-place operation. Wrap it in noGrad(() => ...).]`,
    );
    for (const { changes } of pairs) {
      expect(() => changes(leaf([1, 2, 3, 4]), tensor(other))).toThrow(
        "a leaf Variable that requires grad is being used in an in-place operation.",
      );
    }
  });

  test("on a view of such a leaf", () => {
    const x = leaf([1, 2]);
    expect(() => x.view(2, 1).add_(1)).toThrowErrorMatchingInlineSnapshot(
      `[AutogradError: add_: a view of a leaf Variable that requires grad is being used in an in-place operation. Wrap it in noGrad(() => ...).]`,
    );
    expect(() => x.view(2, 1).flatten().zero_()).toThrow(
      "a view of a leaf Variable that requires grad is being used in an in-place operation.",
    );
    noGrad(() => x.view(2, 1).add_(1));
    expect(x.detach().toListSync()).toEqual([2, 3]);
  });

  test("on a view made under noGrad", () => {
    const base = leaf([1, 2]).mul(1);
    const view = noGrad(() => base.view(2, 1));
    expect(() => view.mul_(2)).toThrow("A view was created in no_grad mode and is being modified inplace");
  });

  test("where the result is of a wider dtype", () => {
    const whole = (): Tensor => tensor([1, 2], { dtype: "int64" });
    expect(() => whole().add_(1.5)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: add_: result type Float can't be cast to the desired output type Long. Use add(), or convert the tensor first.]`,
    );
    for (const change of [
      (x: Tensor) => x.add_(ones([2])),
      (x: Tensor) => x.mul_(0.5),
      (x: Tensor) => x.div_(2),
      (x: Tensor) => x.exp_(),
      (x: Tensor) => x.sigmoid_(),
    ] satisfies Change[]) {
      expect(() => change(whole())).toThrow("result type Float can't be cast to the desired output type Long");
    }
    expect(() => tensor([true]).add_(1)).toThrow("result type Long can't be cast to the desired output type Bool");
    expect(() => tensor([true]).mul_(2)).toThrow("result type Long can't be cast to the desired output type Bool");
    expect(() => tensor([1], { dtype: "uint8" }).mul_(1.5)).toThrow(
      "result type Float can't be cast to the desired output type Byte",
    );
  });

  test("not where it only wraps", () => {
    const bytes = tensor([250, 5], { dtype: "uint8" });
    bytes.add_(tensor([10, 10], { dtype: "int64" }));
    expect([bytes.dtype, bytes.toListSync()]).toEqual(["uint8", [4, 15]]);
    expect(tensor([1, 2], { dtype: "int64" }).mul_(3).toListSync()).toEqual([3, 6]);
    expect(
      ones([2])
        .add_(tensor([1, 2], { dtype: "int64" }))
        .toListSync(),
    ).toEqual([2, 3]);
  });

  test("where the result is larger", () => {
    expect(() => ones([3]).add_(ones([2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: add_: output with shape [3] doesn't match the broadcast shape [2, 3]. An in-place op cannot grow the tensor: use add().]`,
    );
    expect(() => ones([1]).mul_(ones([3]))).toThrow("output with shape [1] doesn't match the broadcast shape [3]");
    expect(ones([2, 3]).add_(ones([3])).shape).toEqual([2, 3]);
  });

  test("and then leaves everything as it was", () => {
    const x = tensor([1, 2], { dtype: "int64" });
    const before = memory().tensors;
    expect(() => x.add_(1.5)).toThrow();
    expect(() => x.add_(ones([2, 2], { dtype: "int64" }))).toThrow();
    expect(x.toListSync()).toEqual([1, 2]);
    expect(memory().tensors).toBeLessThanOrEqual(before + 1);
  });

  test("on a tensor that was freed", () => {
    const x = ones([2]);
    x.dispose();
    expect(() => x.add_(1)).toThrow("freed");
  });
});

describe("views", () => {
  const views: Record<string, (x: Tensor) => Tensor> = {
    view: (x) => x.view(4),
    reshape: (x) => x.reshape([4, 1]),
    flatten: (x) => x.flatten(),
    unflatten: (x) => x.unflatten(0, [2, 1]),
    squeeze: (x) => x.squeeze(),
    unsqueeze: (x) => x.unsqueeze(0),
    "view of a view": (x) => x.view(4).unsqueeze(1).view(2, 2),
    detach: (x) => x.detach(),
    "detach of a view": (x) => x.view(4).detach(),
    "contiguous, itself": (x) => x.contiguous(),
    "index with nothing": (x) => x.index("..."),
    "index with null": (x) => x.index(null),
    select: (x) => x.select(0, 1),
    "select of a column": (x) => x.select(1, 0),
    narrow: (x) => x.narrow(0, 0, 1),
    "narrow of columns": (x) => x.narrow(1, 0, 1),
    transpose: (x) => x.transpose(0, 1),
    t: (x) => x.t(),
    permute: (x) => x.permute(1, 0),
    index: (x) => x.index(0),
    "index of a slice": (x) => x.index(":", "1:"),
    split: (x) => x.split(1)[0] as Tensor,
    chunk: (x) => x.chunk(2)[1] as Tensor,
    unbind: (x) => x.unbind()[0] as Tensor,
    "a view of one": (x) => x.select(0, 1).view(2, 1),
    "one of a view": (x) => x.view(4).narrow(0, 1, 2),
    "one of one": (x) => x.transpose(0, 1).select(0, 0),
  };
  test.each(Object.entries(views))("%s shows the same elements, both ways", (_, viewOf) => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const view = viewOf(x);
    const before = view.clone();
    x.mul_(10);
    expect(view.toListSync()).toEqual(before.mul(10).toListSync());
    view.add_(1);
    expect(view.toListSync()).toEqual(before.mul(10).add(1).toListSync());
    expect(x.sum().itemSync()).toBe(100 + view.numel());
    view.fill_(7);
    expect(x.eq(7).sum().itemSync()).toBe(view.numel());
  });

  // x = torch.arange(6.).view(2, 3); y = x[1].detach(); w = torch.tensor([2., 3.], requires_grad=True); y[1:].mul_(w); y.sum().backward()
  test("of what detach() made of a view have it as their base", () => {
    for (const free of [false, true]) {
      const x = arange(6).float().view(2, 3);
      const y = x.select(0, 1).detach();
      const part = y.index("1:");
      if (free) y.dispose();
      const w = leaf([2, 3]);
      part.mul_(w);
      expect(x.toListSync()).toEqual([
        [0, 1, 2],
        [3, 8, 15],
      ]);
      (free ? part : y).sum().backward();
      expect(gradOf(w)).toEqual([4, 5]);
      expect(part.isLeaf).toBe(false);
      if (!free) expect([y.requiresGrad, x.requiresGrad]).toEqual([true, false]);
    }
  });

  test("of a base whose data was assigned since keep the memory that it had", () => {
    const x = zeros([3]);
    const part = x.index("1:");
    x.data = ones([5]);
    const w = leaf([2, 3]);
    part.add_(w);
    expect([part.detach().toListSync(), x.toListSync()]).toEqual([
      [2, 3],
      [1, 1, 1, 1, 1],
    ]);
    part.sum().backward();
    expect(gradOf(w)).toEqual([1, 1]);
  });

  test("changed in place, the base has the gradient", () => {
    const a = leaf([
      [1, 2],
      [3, 4],
    ]);
    const x = a.square();
    x.view(4).mul_(tensor([1, 2, 3, 4]));
    x.sum().backward();
    expect(gradOf(a)).toEqual([
      [2, 8],
      [18, 32],
    ]);
  });

  test("whose base is changed in place have the gradient", () => {
    const a = leaf([1, 2]);
    const x = a.square();
    const view = x.view(2, 1);
    x.mul_(3);
    view.sum().backward();
    expect(gradOf(a)).toEqual([6, 12]);
  });

  test("made before and after a change agree", () => {
    const a = leaf([1, 2]);
    const x = a.mul(2);
    const early = x.view(2, 1);
    x.exp_();
    const late = x.view(2, 1);
    expect(early.detach().toListSync()).toEqual(late.detach().toListSync());
    const [first] = autograd.grad(early.sum(), [a], { retainGraph: true });
    const [second] = autograd.grad(late.sum(), [a]);
    expect(first?.toListSync()).toEqual(second?.toListSync());
  });

  test("of views that change one after the other", () => {
    const a = leaf([1, 2]);
    const x = a.mul(1);
    const [v, w] = [x.view(2, 1), x.view(1, 2)];
    v.mul_(2);
    w.mul_(5);
    v.add_(1);
    expect(x.detach().toListSync()).toEqual([11, 21]);
    for (const each of [x, v, w]) {
      const [d] = autograd.grad(each.sum(), [a], { retainGraph: true });
      expect(d?.toListSync()).toEqual([10, 10]);
    }
  });

  test("take a graph from what is put into them", () => {
    const w = leaf([1, 2]);
    const x = zeros([2]);
    const view = x.view(2, 1);
    view.add_(w.view(2, 1).mul(3));
    expect([x.requiresGrad, view.requiresGrad]).toEqual([true, true]);
    x.sum().backward();
    expect(gradOf(w)).toEqual([3, 3]);
  });

  test("detach has no graph, and shows the change", () => {
    const x = leaf([1, 2]);
    const cut = x.detach();
    cut.mul_(10);
    expect(x.detach().toListSync()).toEqual([10, 20]);
    expect(cut.requiresGrad).toBe(false);
  });

  test("clone is a tensor of its own", () => {
    const x = tensor([1, 2]);
    const copy = x.clone();
    x.add_(1);
    copy.mul_(10);
    expect([x.toListSync(), copy.toListSync()]).toEqual([
      [2, 3],
      [10, 20],
    ]);
    const a = leaf([1, 2]);
    a.clone().mul_(3).sum().backward();
    expect(gradOf(a)).toEqual([3, 3]);
  });

  test("to the dtype it has is the tensor itself; to another a copy", () => {
    const x = tensor([1, 2]);
    const whole = x.to("int64");
    x.float().add_(1);
    expect([x.toListSync(), whole.toListSync()]).toEqual([
      [2, 3],
      [1, 2],
    ]);
  });
});

describe("copies", () => {
  const matrix = (): Tensor =>
    tensor([
      [1, 2],
      [3, 4],
    ]);

  test("what is no view is a tensor of its own", () => {
    for (const make of [
      (x: Tensor) => x.flip(0),
      (x: Tensor) => x.repeat(2, 1),
      (x: Tensor) => x.indexSelect(0, tensor([0, 1], { dtype: "int64" })),
      (x: Tensor) => x.index(tensor([0, 1], { dtype: "int64" })),
      (x: Tensor) => x.gather(0, zeros([2, 2], { dtype: "int64" })),
      (x: Tensor) => pad(x, [1, 1]),
    ]) {
      const x = matrix();
      const copy = make(x);
      x.zero_();
      copy.add_(1);
      expect(copy.sum().itemSync()).toBeGreaterThan(copy.numel());
    }
  });
});

describe("copy_", () => {
  test("broadcasts, converts, and leaves its source alone", () => {
    const x = zeros([2, 2]);
    const source = tensor([1, 2], { dtype: "int64" });
    x.copy_(source);
    expect(x.toListSync()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(source.toListSync()).toEqual([1, 2]);
    expect(
      zeros([2], { dtype: "int64" })
        .copy_(tensor([1.9, -1.9]))
        .toListSync(),
    ).toEqual([1, -1]);
    expect(
      zeros([2], { dtype: "bool" })
        .copy_(tensor([0.5, 0]))
        .toListSync(),
    ).toEqual([true, false]);
  });

  test("of a tensor alike does not tie the two together", () => {
    const [x, source] = [zeros([2]), tensor([1, 2])];
    noGrad(() => x.copy_(source));
    source.add_(1);
    x.mul_(10);
    expect([x.toListSync(), source.toListSync()]).toEqual([
      [10, 20],
      [2, 3],
    ]);
  });

  test("hands the gradient to its source", () => {
    const source = leaf([1, 2]);
    const x = zeros([2, 2]);
    x.copy_(source);
    x.mul(tensor([1, 10]))
      .sum()
      .backward();
    expect(gradOf(source)).toEqual([2, 20]);
  });

  test("refuses a shape that does not fit", () => {
    expect(() => zeros([2]).copy_(zeros([3]))).toThrow("The size of tensor a (2) must match the size of tensor b (3)");
    expect(() => zeros([2]).copy_(zeros([2, 2]))).toThrow(
      "output with shape [2] doesn't match the broadcast shape [2, 2]",
    );
  });
});

describe("setData", () => {
  test("takes over elements, shape and dtype, and stays the same tensor and leaf", () => {
    const x = leaf([1, 2]);
    const next = tensor([3, 4, 5]);
    setData(x, next);
    expect([x.shape, x.detach().toListSync(), x.isLeaf, x.requiresGrad]).toEqual([[3], [3, 4, 5], true, true]);
    x.square().sum().backward();
    expect(gradOf(x)).toEqual([6, 8, 10]);
  });

  test("ties the two not together", () => {
    const [x, next] = [tensor([1, 2]), tensor([3, 4])];
    setData(x, next);
    next.add_(1);
    x.mul_(2);
    expect([x.toListSync(), next.toListSync()]).toEqual([
      [6, 8],
      [4, 5],
    ]);
    next.dispose();
    expect(x.toListSync()).toEqual([6, 8]);
  });

  test("from a freed tensor is refused", () => {
    const next = tensor([1]);
    next.dispose();
    expect(() => setData(tensor([2]), next)).toThrow("freed");
  });
});

test("what asks for no gradient may be multiplied in place by what does", () => {
  const w = leaf([3, 4]);
  const x = tensor([1, 2]);
  const seen = x.view(2, 1);
  x.mul_(w);
  seen.square().sum().backward();
  // (x w)² has the slope 2 x² w.
  expect(gradOf(w)).toEqual([6, 32]);
  const shared = w.mul(1).detach();
  shared.div_(w);
  shared.sum().backward();
  expect(w.grad?.toListSync()).toEqual([6 - 1 / 3, 32 - 1 / 4].map(Math.fround));
});
