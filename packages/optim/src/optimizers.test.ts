import { inspect } from "node:util";
import { cpu, ones, onesLike, setWarningSink, type Tensor, tensor, zeros } from "@kindling/core";
import { RecordingDevice } from "@kindling/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { Adam, AdamW, LRScheduler, Optimizer, SGD, StepLR, type WireGroup } from "./index.ts";
import golden from "./optim.golden.json" with { type: "json" };
import { makeOptimizer, makeScheduler } from "./testing/by-name.ts";

const leaf = (data: number[] | number[][]): Tensor => tensor(data).requiresGrad_();

/** Within a few units in the last place: PyTorch multiplies and adds in one rounding, we in two. */
function expectClose(actual: unknown, expected: unknown): void {
  const [got, wanted] = [actual, expected].map((value) => (value as unknown[]).flat(3) as number[]) as [
    number[],
    number[],
  ];
  expect(got).toHaveLength(wanted.length);
  got.forEach((value, i) => {
    const golden = wanted[i] as number;
    if (Math.abs(value - golden) > 1e-6 * Math.max(1, Math.abs(golden))) expect(got).toEqual(wanted);
  });
}

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  return setWarningSink((message) => warnings.push(message));
});

describe("on a quadratic, PyTorch's path", () => {
  test.each(golden.quadratic.map((row) => [row.optimizer, row.options, row.path] as const))(
    "%s %j",
    (name, options, path) => {
      const p = leaf([1, -2]);
      const optimizer = makeOptimizer(name, [p], options);
      for (const point of path) {
        optimizer.zeroGrad();
        const [x, y] = p.unbind() as [Tensor, Tensor];
        x.square().add(y.square()).add(x.mul(y)).backward();
        optimizer.step();
        expectClose(p.toListSync(), point);
      }
    },
  );
});

describe("on a regression, PyTorch's losses and parameters", () => {
  const [data] = golden.regressionData;
  const of = ({ shape, data: elements }: { shape: number[]; data: number[] }): Tensor =>
    tensor(elements).reshape(shape);
  test.each(golden.regression.map((row) => [row.optimizer, row.options, row] as const))(
    "%s %j",
    (name, options, row) => {
      if (data === undefined) return;
      const [weight, bias] = [of(data.weight).clone().requiresGrad_(), of(data.bias).clone().requiresGrad_()];
      const optimizer = makeOptimizer(name, [weight, bias], options);
      const losses = row.losses.map(() => {
        optimizer.zeroGrad();
        const loss = of(data.x).matmul(weight.t()).add(bias).sub(of(data.y)).square().mean();
        loss.backward();
        optimizer.step();
        return loss.itemSync();
      });
      expectClose(losses, row.losses);
      expectClose([weight.toListSync(), bias.toListSync()], [row.end.weight, row.end.bias]);
    },
  );
});

describe("groups, parameters without gradients, and state dicts are PyTorch's", () => {
  test.each(golden.groups.map((row) => [row.optimizer, row.groups, row] as const))("%s %j", (name, groups, row) => {
    const params = row.start.map((start) => leaf(start));
    const [first, second] = groups;
    const given = [
      { params: params.slice(0, 2), ...first },
      { params: params.slice(2), ...second },
    ];
    const optimizer = makeOptimizer(name, given, row.options);
    expect(optimizer.stateDict()).toEqual(row.empty);
    row.grads.forEach((grads, i) => {
      params.forEach((parameter, j) => {
        const grad = grads[j];
        parameter.grad = grad === null || grad === undefined ? null : tensor(grad);
      });
      optimizer.step();
      expectClose(
        params.map((parameter) => parameter.toListSync()),
        row.path[i],
      );
    });
    const { state, param_groups } = optimizer.stateDict();
    expect(param_groups).toEqual(row.state.param_groups);
    expect(Object.keys(state)).toEqual(Object.keys(row.state.state).sort());
    for (const [number, expected] of Object.entries(row.state.state)) {
      const own = state[Number(number)] ?? {};
      expect(Object.keys(own)).toEqual(Object.keys(expected));
      for (const [key, value] of Object.entries(expected)) {
        expectClose([(own[key] as Tensor).toListSync()], [value]);
      }
    }
    // A Python list prints otherwise than the tuple that ours stands for.
    expect(String(optimizer)).toBe(row.text.replace("[0.5, 0.5]", "(0.5, 0.5)"));
  });
});

describe("print forms are PyTorch's", () => {
  test.each(golden.printed.map((row) => [row.optimizer, row.options, row.text] as const))(
    "%s %j",
    (name, options, text) => {
      const optimizer = makeOptimizer(name, [leaf([1])], options);
      const listed = text.replace(/betas: \[(.*)\]/, "betas: ($1)");
      expect(String(optimizer)).toBe(listed);
      expect(inspect(optimizer)).toBe(listed);
    },
  );

  test("names of parameters", () => {
    expect(String(new SGD([["l1.weight", leaf([1])]], { lr: 0.1 }))).toContain("    param_names: ['l1.weight']\n");
  });
});

describe("schedulers give PyTorch's rates", () => {
  test.each(golden.schedules.map((row) => [row.scheduler, row.args, row.options, row] as const))(
    "%s %j %j",
    (name, args, options, row) => {
      const optimizer = new SGD(row.lrs.map((lr) => ({ params: [leaf([1])], lr })));
      const scheduler = makeScheduler(name, optimizer, args, options);
      const rates = row.rates.map((_, i) => {
        if (i > 0) {
          optimizer.step();
          scheduler.step();
        }
        return scheduler.getLastLr();
      });
      expect(rates).toEqual(row.rates);
      expect(scheduler.stateDict()).toEqual(row.state);
      expect(optimizer.paramGroups.map(({ initialLr }) => initialLr)).toEqual(row.initial);
      expect(warnings).toEqual([]);
    },
  );
});

describe("StepLR", () => {
  test("a rate set by hand is multiplied, not replaced", () => {
    const [row] = golden.stepLRByHand;
    const optimizer = new SGD([leaf([1])], { lr: 1 });
    const scheduler = new StepLR(optimizer, 2);
    const [group] = optimizer.paramGroups;
    const rates = [0, 1, 2, 3, 4, 5].map((epoch) => {
      if (epoch === 3 && group !== undefined) group.lr = 5;
      optimizer.step();
      scheduler.step();
      return group?.lr;
    });
    expect(rates).toEqual(row?.rates);
  });

  test("continues from its state dict, here or from PyTorch", () => {
    const optimizer = new SGD([leaf([1])], { lr: 1 });
    const scheduler = new StepLR(optimizer, 2, { gamma: 0.5 });
    for (let i = 0; i < 3; i++) {
      optimizer.step();
      scheduler.step();
    }
    const other = new SGD([leaf([1])], { lr: 1 });
    const resumed = new StepLR(other, 99);
    other.loadStateDict(optimizer.stateDict());
    resumed.loadStateDict(scheduler.stateDict());
    resumed.step();
    scheduler.step();
    expect(resumed.stateDict()).toEqual(scheduler.stateDict());
    expect(resumed.getLastLr()).toEqual([0.25]);
    expect(new StepLR(other, 2, { lastEpoch: 4 }).baseLrs).toEqual([1]);
  });

  test("warns once when it goes before the optimizer", () => {
    const scheduler = new StepLR(new SGD([leaf([1])]), 1);
    scheduler.step();
    scheduler.step();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("Detected call of `lr_scheduler.step()` before `optimizer.step()`.");
  });

  test.each<[string, () => unknown]>([
    [
      "param 'initial_lr' is not specified in param_groups[0] when resuming scheduler with last_epoch >= 0.",
      () => new StepLR(new SGD([leaf([1])]), 1, { lastEpoch: 2 }),
    ],
    [
      "Invalid step_size: an object. stepSize is an argument of its own: new StepLR(optimizer, 3, { gamma: 0.5 }).",
      () => new StepLR(new SGD([leaf([1])]), { step_size: 3, gamma: 0.5 } as never),
    ],
    ["new StepLR(optimizer, stepSize).", () => new StepLR(new SGD([leaf([1])]), {} as never)],
    ["got an unexpected keyword argument 'rate'", () => new StepLR(new SGD([leaf([1])]), 1, { rate: 2 } as object)],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });
});

// What TypeScript refuses, JavaScript does: `as never` stands where it would.
describe("mistakes get PyTorch's words", () => {
  const [p, q] = [leaf([0, 0]), leaf([0, 0])];
  const sgd = new SGD([p], { lr: 1 });
  const calls: Record<string, () => unknown> = {
    "no parameters": () => new SGD([]),
    "a tensor": () => new SGD(p as never),
    "a string": () => new SGD(["a"] as never),
    "addParamGroup: not a dict": () => sgd.addParamGroup([] as never),
    "StepLR of a string": () => new StepLR("a" as never, 1),
    "not a leaf": () => new SGD([p.mul(2)]),
    "the same parameter in two groups": () => new SGD([{ params: [p] }, { params: [q, p] }]),
    "addParamGroup: a parameter it has": () => sgd.addParamGroup({ params: p }),
    "loadStateDict: another number of groups": () => sgd.loadStateDict({ state: {}, param_groups: [] }),
    "loadStateDict: another size of group": () => sgd.loadStateDict({ state: {}, param_groups: [{ params: [0, 1] }] }),
  };
  test("each has its row", () => {
    const named = golden.errors.map(({ call }) => call).filter((call) => typeof call === "string");
    expect(named.sort()).toEqual(Object.keys(calls).sort());
  });
  test.each(golden.errors.map(({ call, message }) => [call, message] as const))("%j", (call, message) => {
    const run =
      typeof call === "object" ? () => makeOptimizer(call.optimizer, [p], call.options) : calls[call as string];
    expect(run).toThrow(message);
  });

  test.each<[string, () => unknown]>([
    [
      "params argument given to the optimizer should be an iterable of Tensors or dicts, but got function",
      () => new SGD((() => []) as never),
    ],
    ["param_group must be a dict, but got <class 'int'>", () => sgd.addParamGroup(3 as never)],
    ["all optimizer params should be with/without names. Some param names are missing", () => new SGD([["a", p], q])],
    [
      "all optimizer param groups should be with/without names. cannot add param group without names to the optimizer",
      () => new SGD([{ params: [["a", p]] as const }, { params: [q] }]),
    ],
    ["KeyError: 'param_groups': the state dict is empty.", () => sgd.loadStateDict({} as never)],
    ["KeyError: 'state': the state dict has param_groups.", () => sgd.loadStateDict({ param_groups: [{}] } as never)],
    ["the state dict has l1.weight. Give what stateDict()", () => sgd.loadStateDict({ "l1.weight": 1 } as never)],
    ["doesn't match the size", () => sgd.loadStateDict({ state: {}, param_groups: [{}] } as never)],
    ["got an unexpected keyword argument 'learningRate'", () => new SGD([p], { learningRate: 1 } as object)],
    ["got an unexpected keyword argument 'beta'", () => new AdamW([p], { beta: 1 } as object)],
    ["Invalid learning rate: x", () => new SGD([p], { lr: "x" as never })],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });

  test("the way out, inline", () => {
    expect(() => new Adam([p], { learningRate: 1 } as object)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam: Adam.__init__() got an unexpected keyword argument 'learningRate'. Its options are: lr, betas, eps, weightDecay, amsgrad, maximize, decoupledWeightDecay.]`,
    );
    expect(() => new SGD([p.mul(2)])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: SGD: can't optimize a non-leaf Tensor: it was made by MulBackward0. Optimize what it was computed from, or a detached copy: t.detach().clone().requiresGrad_().]`,
    );
  });

  test("the same parameter twice in a group is warned of", () => {
    new SGD([q, q]);
    expect(warnings[0]).toContain("optimizer contains a parameter group with duplicate parameters");
  });
});

test("a state dict that PyTorch saved is taken over, and what is not ours is dropped", () => {
  const p = leaf([1, 2]);
  const optimizer = new Adam([p]);
  const [saved] = optimizer.stateDict().param_groups;
  const state = { 0: { step: tensor(3), exp_avg: ones([2]), exp_avg_sq: ones([2]) } };
  optimizer.loadStateDict({ state, param_groups: [{ ...saved, lr: 0.5, foreach: true, params: [0] }] });
  expect(optimizer.paramGroups[0]).toMatchObject({ lr: 0.5, betas: [0.9, 0.999] });
  expect(optimizer.paramGroups[0]).not.toHaveProperty("foreach");
  expect(optimizer.state.get(p)?.step).toBe(3);
  expect(optimizer.state.get(p)?.expAvg).not.toBe(state[0].exp_avg);
  optimizer.dispose();
  expect(optimizer.state.size).toBe(0);
});

describe("a state dict from elsewhere", () => {
  const p = leaf([1, 2]);
  const without = (group: WireGroup | undefined, ...names: string[]): WireGroup => ({
    ...Object.fromEntries(Object.entries(group ?? {}).filter(([name]) => !names.includes(name))),
    params: [0],
  });
  const adamState = { step: 2, exp_avg: ones([2]), exp_avg_sq: ones([2]) };

  test("of an older PyTorch lacks the options that came later", () => {
    const [optimizer, other] = [new AdamW([p]), new Adam([p], { amsgrad: true })];
    const group = without(
      optimizer.stateDict().param_groups[0],
      "maximize",
      "amsgrad",
      "decoupled_weight_decay",
      "foreach",
    );
    for (const each of [optimizer, other]) each.loadStateDict({ state: { 0: adamState }, param_groups: [group] });
    expect(optimizer.paramGroups[0]).toMatchObject({ maximize: false, decoupledWeightDecay: true });
    expect(other.paramGroups[0]).toMatchObject({ amsgrad: false, decoupledWeightDecay: false });
    const sgd = new SGD([p], { momentum: 0.9 });
    sgd.loadStateDict({ state: { 0: { momentum_buffer: null } }, param_groups: sgd.stateDict().param_groups });
    expect(sgd.state.size).toBe(0);
  });

  test("a group has nothing but what was loaded, as in PyTorch", () => {
    const optimizer = new SGD([["w", p]], { lr: 0.1 });
    const before = optimizer.stateDict();
    const [group] = optimizer.paramGroups;
    Object.assign(group as object, { mine: 3, initialLr: 1 });
    optimizer.loadStateDict(before);
    expect(optimizer.stateDict()).toEqual(before);
    optimizer.loadStateDict({
      ...before,
      param_groups: [{ ...before.param_groups[0], params: [0], mine: [1], initial_lr: 2 }],
    });
    expect(group).toMatchObject({ mine: [1], initialLr: 2, paramNames: ["w"] });
  });

  test("numbers may be any, as long as each stands for one parameter", () => {
    const q = leaf([3]);
    const optimizer = new SGD([{ params: [p] }, { params: [q] }], { momentum: 0.9 });
    const [first, second] = optimizer.stateDict().param_groups as [WireGroup, WireGroup];
    const state = { 7: { momentum_buffer: ones([2]) }, 4: { momentum_buffer: ones([1]) } };
    optimizer.loadStateDict({
      state,
      param_groups: [
        { ...first, params: [7] },
        { ...second, params: [4] },
      ],
    });
    expect(optimizer.state.get(q)?.momentumBuffer?.shape).toEqual([1]);
    expect(() =>
      optimizer.loadStateDict({
        state,
        param_groups: [
          { ...first, params: [7] },
          { ...second, params: [7] },
        ],
      }),
    ).toThrow("param_groups.1.params.0: the number 7 stands for two parameters");
  });

  test("says where it is wrong, inline", () => {
    const adam = new Adam([p], { amsgrad: true });
    const [group] = adam.stateDict().param_groups;
    const load =
      (own: object, options: object = {}) =>
      () =>
        adam.loadStateDict({
          state: { 0: { ...adamState, ...own } },
          param_groups: [{ ...group, params: [0], ...options }],
        });
    expect(load({})).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: Missing key(s) in state_dict: "state.0.max_exp_avg_sq": there are step, exp_avg, exp_avg_sq. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load({ max_exp_avg_sq: ones([3]) })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: state.0.max_exp_avg_sq: expected a float32 tensor of shape [2], got a float32 tensor of shape [3]. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(
      load({ max_exp_avg_sq: ones([2]), exp_avg: tensor([1, 0], { dtype: "int32" }) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: state.0.exp_avg: expected a float32 tensor of shape [2], got an int32 tensor of shape [2]. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load({ step: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: state.0.step: expected a whole number from 0 on, got NaN. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load({}, { betas: null })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: param_groups.0.betas: Invalid betas: null. Give two numbers: [0.9, 0.999].]`,
    );
    expect(load({}, { betas: [0.9, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: param_groups.0.betas: Invalid beta parameter at index 1: 1. It lies from 0 to below 1.]`,
    );
    expect(load({}, { amsgrad: "no" })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: param_groups.0.amsgrad: expected true or false, got 'no'. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(() =>
      adam.loadStateDict({ state: { 1: adamState }, param_groups: [{ ...group, params: [0] }] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: state.1: no group lists a parameter of this number. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(() => adam.loadStateDict(null as never)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Adam.loadStateDict: Expected state_dict to be dict-like, got <class 'NoneType'>. Pass what stateDict() of the same kind of object returned.]`,
    );
  });

  test("an optimizer of one's own is held to what its init gives", () => {
    class Mine extends Optimizer<{ lr: number; mode: string }, { sum: Tensor; rows: Tensor; count: number }> {
      protected override init(parameter: Tensor) {
        return { sum: zeros(parameter.shape), rows: zeros([1]), count: 0.5 };
      }
      protected override update(): void {}
    }
    const mine = new Mine([p], { lr: 0.1, mode: "fast" });
    const load =
      (own: object, options: object = {}) =>
      () =>
        mine.loadStateDict({
          state: { 0: { sum: ones([2]), rows: ones([1]), count: 3, ...own } },
          param_groups: [{ lr: 0.1, mode: "slow", params: [0], ...options }],
        });
    load({ more: ones([5]), seen: tensor(4) })();
    expect(mine.state.get(p)).toMatchObject({ count: 3, seen: 4 });
    expect(load({ rows: ones([2]) })).toThrow("state.0.rows: expected a float32 tensor of shape [1], got");
    expect(load({ count: "3" })).toThrow("state.0.count: expected a number, got '3'");
    expect(load({ more: "x" })).toThrow("state.0.more: expected a float32 tensor, got 'x'");
    expect(load({}, { mode: 3 })).toThrow("param_groups.0.mode: expected a string, got 3");
    expect(load({}, { lr: null })).toThrow("param_groups.0.lr: expected a number, got null");
  });
});

test("loading a state moves nothing that is on its device, and reads nothing", () => {
  const device = new RecordingDevice(cpu, "recording");
  const params = [zeros([4]), ones([2, 3])].map((t) => t.to(device).detach().requiresGrad_());
  const optimizer = new Adam(params, { amsgrad: true });
  for (const param of params) param.grad = onesLike(param);
  optimizer.step();
  const state = optimizer.stateDict();
  const { uploads, reads, kernels } = device;
  const ran = kernels.length;
  optimizer.loadStateDict(state);
  expect([device.uploads, device.reads, kernels.length]).toEqual([uploads, reads, ran]);
});

describe("a scheduler's state dict from elsewhere", () => {
  const make = () => new StepLR(new SGD([{ params: [leaf([1])] }, { params: [leaf([2])] }]), 2);

  test("of an older PyTorch lacks flags, and has more", () => {
    const { _is_initial: _, _get_lr_called_within_step: __, ...older } = make().stateDict();
    const scheduler = make();
    scheduler.loadStateDict({ ...older, gamma: 0.5, verbose: false });
    expect(scheduler.stateDict()).toEqual({ ...make().stateDict(), gamma: 0.5 });
  });

  test("says where it is wrong, inline", () => {
    const load = (changed: object) => () => make().loadStateDict({ ...make().stateDict(), ...changed });
    expect(load({ base_lrs: [0.1] })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: StepLR.loadStateDict: base_lrs: expected an array of 2, got an array of 1. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load({ base_lrs: [0.1, null] })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: StepLR.loadStateDict: base_lrs.1: expected a number, got null. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load({ last_epoch: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: StepLR.loadStateDict: last_epoch: expected a whole number from -1 on, got 1.5. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load({ step_size: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: StepLR.loadStateDict: step_size: Invalid step_size: 0. It is a whole number above 0.]`,
    );
    expect(load({ _last_lr: [1, 2, 3] })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: StepLR.loadStateDict: _last_lr: it has 3 rates, the optimizer 2 groups. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(() => new StepLR(new SGD([leaf([1])]), 0)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: StepLR: Invalid step_size: 0. It is a whole number above 0.]`,
    );
  });
});

test("options of a group keep the rules of the optimizer's", () => {
  const [p, q] = [leaf([1]), leaf([2])];
  expect(() => new Adam([{ params: [p], betas: [0.9, 2] }])).toThrow("Invalid beta parameter at index 1: 2");
  const sgd = new SGD([p]);
  expect(() => sgd.addParamGroup({ params: q, lr: -1 })).toThrow("SGD: Invalid learning rate: -1");
  expect(sgd.paramGroups).toHaveLength(1);
  expect(() => new Adam([p], { betas: null as never })).toThrow(
    "Adam: Invalid betas: null. Give two numbers: [0.9, 0.999].",
  );
});

describe("one of your own takes over what it has saved", () => {
  type Options = { lr: number; limit: number; rate: (x: number) => number; scale?: number | undefined };

  class Own extends Optimizer<Options> {
    constructor(param: Tensor, rate: Options["rate"]) {
      super([param], { lr: 0.1, limit: Number.NaN, rate, scale: undefined });
    }
    protected override init() {
      return {};
    }
    protected override update() {}
  }

  class OwnLR extends LRScheduler<{
    rate: Options["rate"];
    of: ReadonlyMap<string, number>;
    scale: number | undefined;
  }> {
    constructor(optimizer: Optimizer<{ lr: number }>, rate: Options["rate"]) {
      super(optimizer, { rate, of: new Map(), scale: undefined });
    }
    protected override getLr() {
      return this.baseLrs.map((lr) => lr * this.settings.rate(this.lastEpoch));
    }
  }

  const rate = (): number => 0.5;

  test("whatever its options are", () => {
    const [saved, other] = [new Own(leaf([1]), rate), new Own(leaf([1]), () => 1)];
    other.loadStateDict(saved.stateDict());
    expect(other.paramGroups[0].rate).toBe(rate);
    const scheduler = new OwnLR(saved, rate);
    scheduler.step();
    const next = new OwnLR(other, () => 1);
    next.loadStateDict(scheduler.stateDict());
    expect([next.lastEpoch, next.settings.rate]).toEqual([1, rate]);
  });

  test("from text, which has no functions: those stay, as in PyTorch's LambdaLR", () => {
    const optimizer = new Own(leaf([1]), rate);
    const { limit: _, ...group } = JSON.parse(JSON.stringify(optimizer.stateDict())).param_groups[0];
    optimizer.loadStateDict({ state: {}, param_groups: [{ ...group, limit: 1 }] });
    expect(optimizer.paramGroups[0]).toMatchObject({ limit: 1, rate });
    const scheduler = new OwnLR(optimizer, rate);
    scheduler.loadStateDict({ ...JSON.parse(JSON.stringify(scheduler.stateDict())), of: new Map(), last_epoch: 7 });
    expect([scheduler.lastEpoch, scheduler.settings.rate]).toEqual([7, rate]);
  });
});
