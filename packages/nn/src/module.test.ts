import { inspect } from "node:util";
import { cpu, type Device, KindlingError, memory, ones, scope, Tensor, tensor, zeros } from "@kindling/core";
import { isParameter } from "@kindling/core/extend";
import { describe, expect, test } from "vitest";
import * as nn from "./index.ts";
import golden from "./module.golden.json" with { type: "json" };
import { Branches, Net, Net2 } from "./testing/sample-nets.ts";

const { Linear, Module, ModuleList, Parameter, Buffer, ReLU, Sequential, Tanh } = nn;

/** The module that a golden case writes as code. */
function make(code: string): nn.Module {
  const names = { ...nn, Net, Net2, Branches };
  return new Function(...Object.keys(names), `return ${code};`)(...Object.values(names)) as nn.Module;
}

const small = (): nn.Sequential => new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1));

describe("modules print as PyTorch's", () => {
  test.each(golden.printed.map(({ module, text }) => [module, text] as const))("%s", (code, text) => {
    const module = make(code);
    expect(String(module)).toBe(text);
    expect(inspect(module)).toBe(text);
  });

  test("extraRepr of several lines stands on lines of its own", () => {
    class Told extends Module {
      inner = new ReLU();
      override forward(x: Tensor): Tensor {
        return x;
      }
      override extraRepr(): string {
        return "first\nsecond";
      }
    }
    expect(String(new Told())).toBe("Told(\n  first\n  second\n  (inner): ReLU()\n)");
  });
});

describe("names and orders are PyTorch's", () => {
  test.each(golden.names.map((row) => [row.net, row] as const))("%s", (code, row) => {
    const net = code === "small" ? small() : make(code);
    const shapes = [...net.namedParameters()].map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual(row.parameters);
    expect([...net.namedBuffers()].map(([name]) => name)).toEqual(row.buffers);
    expect(Object.keys(net.stateDict())).toEqual(row.stateDict);
    expect([...net.namedModules()].map(([name]) => name)).toEqual(row.modules);
    expect([...net.namedChildren()].map(([name]) => name)).toEqual(row.children);
  });

  test("prefixes, shallow walks, and shared ones under all their names", () => {
    const net = new Branches();
    expect([...net.namedParameters("net", { recurse: false })].map(([name]) => name)).toEqual(["net.scale"]);
    expect([...net.parameters({ recurse: false })]).toEqual([net.scale]);
    expect([...net.buffers()]).toEqual([net.steps, net.scratch]);
    const all = [...net.namedParameters("", { removeDuplicate: false })].map(([name]) => name);
    expect(all).toContain("shared.weight");
    expect([...net.namedModules("", { removeDuplicate: false })].map(([name]) => name)).toContain("shared");
    expect(Object.keys(net.first.stateDict("l."))).toEqual(["l.weight", "l.bias"]);
  });

  test("a parameter of two layers is listed once, and saved under both names", () => {
    const net = new Sequential(new Linear(2, 2, { bias: false }), new Linear(2, 2, { bias: false }));
    (net.at(1) as nn.Linear).weight = (net.at(0) as nn.Linear).weight;
    expect([...net.namedParameters()].map(([name]) => name)).toEqual(["0.weight"]);
    expect([...net.namedParameters("", { removeDuplicate: false })]).toHaveLength(2);
    expect(Object.keys(net.stateDict())).toEqual(["0.weight", "1.weight"]);
  });

  test("fields are read when asked", () => {
    const net = small() as nn.Sequential & { extra?: nn.Linear | null };
    net.extra = new Linear(1, 1);
    expect([...net.children()]).toHaveLength(4);
    net.extra = null;
    expect([...net.children()]).toHaveLength(3);
  });

  test("a field may have another name in the state dict", () => {
    const loss = new nn.BCEWithLogitsLoss({ posWeight: ones([2]) });
    expect(Object.keys(loss.stateDict())).toEqual(["pos_weight"]);
    expect(nn.isModule(loss)).toBe(true);
    expect(nn.isModule({})).toBe(false);
  });
});

describe("parameters and buffers", () => {
  test("are leaves that no scope frees", () => {
    const [parameter, buffer] = scope(() => {
      const data = ones([2]);
      return [() => parameterOf(data), () => new Buffer(data)].map((f) => f()) as [nn.Parameter, nn.Buffer];
      function parameterOf(t: Tensor): nn.Parameter {
        return new Parameter(t, { requiresGrad: true });
      }
    });
    expect([parameter.isLeaf, parameter.requiresGrad, buffer.requiresGrad]).toEqual([true, true, false]);
    expect(String(parameter)).toBe("Parameter containing:\ntensor([1., 1.], requires_grad=True)");
    expect(new Parameter(ones([1]), { requiresGrad: false }).requiresGrad).toBe(false);
    expect(isParameter(new Linear(1, 1).weight)).toBe(true);
  });

  test("integers cannot be learned", () => {
    expect(() => new Parameter(tensor([1], { dtype: "int64" }))).toThrow(
      "Only Tensors of floating point and complex dtype can require gradients",
    );
  });
});

describe("loadStateDict", () => {
  test.each(golden.loadStateDict.map((row, i) => [i, row.strict, Object.keys(row.shapes), row] as const))(
    "%i: strict %s, %j",
    (_, strict, __, row) => {
      const net = small();
      const shapes = Object.entries(row.shapes as Record<string, number[]>);
      const stateDict = Object.fromEntries(shapes.map(([name, shape]) => [name, zeros(shape)]));
      if (row.message !== undefined) {
        expect(() => net.loadStateDict(stateDict, { strict })).toThrow(row.message);
        return;
      }
      const keys = net.loadStateDict(stateDict, { strict });
      expect([keys.missingKeys, keys.unexpectedKeys, String(keys)]).toEqual([row.missing, row.unexpected, row.text]);
    },
  );

  test("says the way out, inline", () => {
    expect(() =>
      small().loadStateDict({ "0.weight": zeros([3, 2]), "9.w": zeros([1]) }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [KindlingError: loadStateDict: Error(s) in loading state_dict for Sequential:
      	Missing key(s) in state_dict: "0.bias", "2.weight", "2.bias". 
      	Unexpected key(s) in state_dict: "9.w".  Load what fits with { strict: false }, or rename the keys.]
    `);
  });

  test("copies nothing when it throws, and keeps parameters the same objects", () => {
    const net = small();
    const parameters = [...net.parameters()];
    const before = net.getParameter("0.bias").toListSync();
    for (const wrong of [ones([5]), 3, null, Object.create(null)]) {
      expect(() => net.loadStateDict({ "0.bias": ones([3]), "2.bias": wrong }, { strict: false })).toThrow("2.bias");
    }
    expect(net.getParameter("0.bias").toListSync()).toEqual(before);
    net.loadStateDict({ "0.bias": ones([3]) }, { strict: false });
    expect(net.getParameter("0.bias").toListSync()).toEqual([1, 1, 1]);
    expect([...net.parameters()]).toEqual(parameters);
    expect(net.getParameter("0.bias").requiresGrad).toBe(true);
  });

  test("a tensor that cannot be moved leaves the module as it was", () => {
    const far: Device = {
      name: "far",
      upload: (...given) => cpu.upload(...given),
      run: (...given) => cpu.run(...given),
      free: (handle) => cpu.free(handle),
      download: (handle) => cpu.download(handle), // no downloadSync
    };
    const net = small();
    const before = net.getParameter("0.bias").toListSync();
    const saved = { ...net.stateDict(), "0.bias": ones([3]), "2.bias": zeros([2]).to(far).add(1) };
    expect(() => net.loadStateDict(saved)).toThrow(KindlingError);
    expect(net.getParameter("0.bias").toListSync()).toEqual(before);
  });

  test("a [1] loads into a scalar, integers into floats", () => {
    const net = new Branches();
    net.loadStateDict({ steps: tensor([4]), scale: tensor([1, 2], { dtype: "int64" }) }, { strict: false });
    expect([net.steps.itemSync(), net.scale.toListSync()]).toEqual([4, [1, 2]]);
  });

  test("a batch norm takes a state dict from before num_batches_tracked, and no other gap", () => {
    const norm = new nn.BatchNorm1d(2);
    const { num_batches_tracked: _, ...older } = norm.stateDict();
    expect(String(norm.loadStateDict(older))).toBe("<All keys matched successfully>");
    const { running_var: __, ...damaged } = older;
    expect(() => norm.loadStateDict(damaged)).toThrow('Missing key(s) in state_dict: "running_var".');
  });

  describe("keys in PyTorch's spelling load into fields in JavaScript's", () => {
    class Inner extends Module {
      runMean = new Buffer(zeros([2]));
      outProj = new Linear(2, 2);
      convBN = new Parameter(zeros([1]));
      block1 = new Parameter(zeros([1]));
      override forward(x: Tensor): Tensor {
        return this.outProj(x).sub(this.runMean);
      }
    }
    class Outer extends Module {
      innerNet = new Inner();
      normLayer = new nn.BatchNorm1d(2);
      override forward(x: Tensor): Tensor {
        return this.normLayer(this.innerNet(x));
      }
    }
    const saved = (): Record<string, Tensor> => ({
      "inner_net.run_mean": tensor([1, 2]),
      "inner_net.out_proj.weight": ones([2, 2]),
      "inner_net.out_proj.bias": ones([2]),
      "inner_net.conv_bn": tensor([3]),
      "inner_net.block_1": tensor([4]),
      "norm_layer.weight": tensor([5, 6]),
      "norm_layer.bias": ones([2]),
      "norm_layer.running_mean": ones([2]),
      "norm_layer.running_var": ones([2]),
      "norm_layer.num_batches_tracked": tensor(7),
    });

    test("at every depth, and saving keeps the fields' own", () => {
      const net = new Outer();
      expect(String(net.loadStateDict(saved()))).toBe("<All keys matched successfully>");
      const { innerNet, normLayer } = net;
      expect(
        [innerNet.runMean, innerNet.convBN, innerNet.block1, normLayer.weight].map((t) => t?.toListSync()),
      ).toEqual([[1, 2], [3], [4], [5, 6]]);
      expect(Object.keys(net.stateDict()).slice(0, 5)).toEqual([
        "innerNet.convBN",
        "innerNet.block1",
        "innerNet.runMean",
        "innerNet.outProj.weight",
        "innerNet.outProj.bias",
      ]);
      expect(String(new Outer().loadStateDict(net.stateDict()))).toBe("<All keys matched successfully>");
    });

    test("a key in the field's own spelling goes first, and the other is unexpected", () => {
      const net = new Outer();
      expect(() => net.loadStateDict({ ...saved(), "inner_net.runMean": tensor([8, 9]) })).toThrow(
        'Unexpected key(s) in state_dict: "inner_net.run_mean".',
      );
      expect(net.innerNet.runMean.toListSync()).toEqual([0, 0]);
    });

    test("what could mean two fields, or is meant by two keys, means none", () => {
      class Two extends Module {
        runMean = new Buffer(zeros([1]));
        run_mean = new Buffer(zeros([1]));
        fcOUT = new Buffer(zeros([1]));
        fcOut = new Buffer(zeros([1]));
        block1A = new Buffer(zeros([1]));
        override forward(x: Tensor): Tensor {
          return x;
        }
      }
      const one = ones([1]);
      const keys = new Two().loadStateDict(
        { run_mean: one, fc_out: one, block_1A: one, block1_a: one },
        { strict: false },
      );
      expect(keys.missingKeys).toEqual(["runMean", "fcOUT", "fcOut", "block1A"]);
      expect(keys.unexpectedKeys).toEqual(["fc_out", "block_1A", "block1_a"]);
    });

    test("what is missing has the field's name, what does not fit the file's", () => {
      const { "inner_net.run_mean": _, ...rest } = saved();
      expect(() => new Outer().loadStateDict(rest)).toThrow('Missing key(s) in state_dict: "innerNet.runMean".');
      expect(() => new Outer().loadStateDict({ ...saved(), "inner_net.conv_bn": ones([3]) })).toThrow(
        "size mismatch for inner_net.conv_bn: copying a param with shape torch.Size([3])",
      );
    });
  });

  test("a state dict shows what the module has now", () => {
    const net = small();
    const stateDict = net.stateDict();
    nn.init.constant_(net.getParameter("0.bias"), 7);
    expect(stateDict["0.bias"]?.toListSync()).toEqual([7, 7, 7]);
    expect(stateDict["0.bias"]?.requiresGrad).toBe(false);
  });

  test.each([
    [[], "Expected state_dict to be dict-like, got <class 'list'>"],
    [null, "Expected state_dict to be dict-like, got <class 'NoneType'>"],
    [new Map(), "Expected state_dict to be dict-like, got <class 'Map'>"],
    [Promise.resolve({}), "Expected state_dict to be dict-like, got <class 'Promise'>. Await it first."],
  ])("%j is no state dict", (value, message) => {
    expect(() => small().loadStateDict(value as never)).toThrow(message);
  });

  test("what is no tensor is told by name", () => {
    expect(() => new Linear(1, 1, { bias: false }).loadStateDict({ weight: 3 })).toThrow(
      `While copying the parameter named "weight", expected torch.Tensor or Tensor-like object from checkpoint but received <class 'int'>`,
    );
  });
});

// What TypeScript refuses, JavaScript does: `as never` stands where it would.
describe("mistakes get PyTorch's words", () => {
  const net = new Linear(2, 2);
  const calls: Record<string, () => unknown> = {
    "train('yes')": () => net.train("yes" as never),
    "Sequential(3)": () => new Sequential(3 as never),
    "ModuleList([3])": () => new ModuleList([3 as never]),
    "loadStateDict([])": () => net.loadStateDict([] as never),
    "getParameter('nope')": () => net.getParameter("nope"),
    "getSubmodule('nope')": () => net.getSubmodule("nope"),
    "Sequential()[5]": () => new Sequential(new ReLU()).at(5),
    "a dot in a module's name": () => new Sequential({ "a.b": new ReLU() }),
    "an empty module name": () => new Sequential({ "": new ReLU() }),
    "a name that exists": () => new Sequential({ forward: new ReLU() }),
  };
  const rows = golden.errors.filter(({ call }) => call in calls);
  test("rows are found", () => expect(rows).toHaveLength(Object.keys(calls).length));
  test.each(rows.map(({ call, message }) => [call, message] as const))("%s", (call, message) => {
    expect(calls[call]).toThrow(message);
  });

  test.each<[string, () => unknown]>([
    ["function is not a Module subclass. Write new ReLU().", () => new Sequential(ReLU as never)],
    ["function is not a Module subclass. Pass modules:", () => new Sequential(nn.functional.relu as never)],
    [
      "list is not a Module subclass. Sequential takes modules, not an array: spread it, Sequential(...modules).",
      () => new Sequential([new ReLU(), new ReLU()] as never),
    ],
    ["Map is not a Module subclass", () => new Sequential(new Map([["relu", new ReLU()]]) as never)],
    ["ModuleList.extend should be called with an iterable, but got ReLU", () => new ModuleList(new ReLU() as never)],
    ["Sequential.extend should be called with an iterable, but got int", () => new Sequential().extend(3 as never)],
    [
      'getParameter: a path is a string: got 3. Write net.getParameter("0.weight").',
      () => new ReLU().getParameter(3 as never),
    ],
    ["apply takes a function: got an object", () => new ReLU().apply({} as never)],
    ["Object is not a Module subclass", () => new Sequential(new ReLU(), {} as nn.Module)],
    ["`weight` is not an nn.Module", () => net.getSubmodule("weight")],
    ["`inFeatures` is not an nn.Parameter", () => net.getParameter("inFeatures")],
    [
      "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.int64",
      () => net.to("int64"),
    ],
    ['a device is an object, not a name: got "wasm"', () => net.to("wasm" as "float32")],
    ['Module [ModuleList] is missing the required "forward" function', () => new ModuleList([net])()],
    ["got an unexpected keyword argument 'biases'", () => new Linear(1, 1, { biases: true } as object)],
    ["got an unexpected keyword argument 'inPlace'", () => new ReLU({ inPlace: true } as object)],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });

  test.each<[string, () => unknown]>([
    [
      "Invalid padding string 'full', should be one of {'same', 'valid'}",
      () => new nn.Conv2d(1, 1, 3, { padding: "full" as "same" }),
    ],
    [
      "padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode='mirror'",
      () => new nn.Conv2d(1, 1, 3, { paddingMode: "mirror" as "reflect" }),
    ],
    [
      "Conv2d.__init__() takes its options as an object: got 1. Write { stride: 1 }. Its options are: stride,",
      () => new nn.Conv2d(1, 32, 3, 1 as never),
    ],
  ])("%s", (message, call) => {
    expect(call).toThrow(message);
  });

  test("a class without forward", () => {
    // TypeScript knows that `Module` is abstract; JavaScript does not.
    class M extends (Module as unknown as new () => object) {}
    for (const call of [() => (new M() as nn.Module)(), () => (new M() as nn.Module).forward()]) {
      expect(call).toThrow('Module [M] is missing the required "forward" function');
    }
  });
});

describe("what a module does to all below it", () => {
  test("train, eval, apply, requiresGrad_", () => {
    const net = new Branches();
    expect([...net.eval().modules()].some(({ training }) => training)).toBe(false);
    expect([...net.train().modules()].every(({ training }) => training)).toBe(true);
    const order: string[] = [];
    small().apply((module) => order.push(module.constructor.name));
    expect(order).toEqual(["Linear", "ReLU", "Linear", "Sequential"]);
    expect([...net.requiresGrad_(false).parameters()].some(({ requiresGrad }) => requiresGrad)).toBe(false);
  });

  test("zeroGrad forgets, or fills with zeros", () => {
    const net = new Linear(2, 1);
    const backward = (): void =>
      net(ones([1, 2]))
        .sum()
        .backward();
    backward();
    net.zeroGrad({ setToNone: false });
    expect(net.weight.grad?.toListSync()).toEqual([[0, 0]]);
    backward();
    net.zeroGrad();
    expect([net.weight.grad, net.bias?.grad]).toEqual([null, null]);
  });

  test("to keeps parameters, their gradients and buffers the same objects", async () => {
    const net = new Branches();
    const weight = net.first.weight;
    net(ones([1, 2]))
      .sum()
      .backward();
    const grad = weight.grad;
    expect(net.to(cpu).to("float32")).toBe(net);
    expect(await net.cpu()).toBe(net);
    expect(net.first.weight).toBe(weight);
    expect(weight.grad).toBe(grad);
  });

  test("dispose gives all memory back", () => {
    const before = memory().tensors;
    scope(() => {
      const net = new Branches();
      net(ones([4, 2]))
        .sum()
        .backward();
      expect(memory().tensors).toBeGreaterThan(before);
      net.dispose();
      expect(net.first.weight.isDisposed).toBe(true);
    });
    expect(memory().tensors).toBe(before);
  });
});

describe("containers", () => {
  test("Sequential: by position, by name, and growing", () => {
    const named = new Sequential({ l1: new Linear(2, 3), act: new Tanh() });
    expect(Object.keys(named.stateDict())).toEqual(["l1.weight", "l1.bias"]);
    const net = small().append(new Tanh());
    expect([net.length, net[3], net.at(-1), net.at(0)]).toEqual([4, net[3], net[3], net[0]]);
    expect([...net]).toHaveLength(4);
    expect(net(ones([5, 2])).shape).toEqual([5, 1]);
  });

  test("ModuleList: append, extend, insert", () => {
    const list = new ModuleList([new ReLU()]).extend([new Tanh()]).insert(1, new Linear(1, 1));
    expect([...list].map((module) => module.constructor.name)).toEqual(["ReLU", "Linear", "Tanh"]);
    expect(Object.keys(list.stateDict())).toEqual(["1.weight", "1.bias"]);
    expect(() => list.insert(0, 3 as never)).toThrow("int is not a Module subclass");
  });
});

test("two copies of the package know each other's modules by their brand", () => {
  const foreign = Object.assign(Object.create({ [Symbol.for("kindling.Module")]: true }), {
    weight: new Parameter(ones([1])),
  });
  const net = new Sequential(foreign);
  expect([...net.namedParameters()].map(([name]) => name)).toEqual(["0.weight"]);
  expect(Tensor).toBeDefined();
});
