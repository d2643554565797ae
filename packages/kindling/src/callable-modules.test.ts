import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as kindling from "./index.ts";

// A module is a function to JavaScript: here is what must not follow from that.

const { DataLoader, load, nn, ones, optim, save, tensor } = kindling;
const net = new nn.Linear(2, 2);
const chain = new nn.Sequential(net);
const wrong = (value: unknown): never => value as never;

describe("a module in a wrong place is called by its class", () => {
  test.each<[string, () => unknown]>([
    ["must be Tensor, not Linear", () => nn.functional.relu(wrong(net))],
    ["must be Tensor, not Linear", () => ones([2]).add(wrong(net))],
    ["must be tuple of ints, not Linear", () => ones(wrong(net))],
    ["got an object", () => tensor(wrong(net))],
    ["sum() takes its options as an object: got a Linear", () => ones([2]).sum(wrong(net))],
    ["takes its options as an object: got a Linear", () => new DataLoader([1], wrong(net))],
    ["iterable of Tensors or dicts, but got Linear", () => new optim.SGD(wrong(net), { lr: 1 })],
    ["Linear is not an Optimizer", () => new optim.StepLR(wrong(net), 1)],
    ["an iterable of Tensors: got a Linear", () => nn.clipGradNorm_(wrong(net), 1)],
    ["an iterable of Tensors: got a Linear", () => nn.clipGradNorm_(wrong(chain), 1)],
    ["got a Linear. Pass net.stateDict().", () => save(wrong(net))],
    ["Expected state_dict to be dict-like, got <class 'Linear'>", () => net.loadStateDict(wrong(net))],
    ["should be called with an iterable, but got Linear", () => new nn.ModuleList(wrong(net))],
    ["got a Linear", () => load(wrong(net))],
    [
      "optimizer needs step(): got a Linear",
      () => new kindling.Trainer({ model: net, criterion: wrong(net), optimizer: wrong(net) }),
    ],
    [
      "model must be a Module: got a function",
      () => new kindling.Trainer({ model: wrong(() => 1), criterion: wrong(net), optimizer: wrong(net) }),
    ],
    [
      "criterion must be callable: got an object",
      () => new kindling.Trainer({ model: net, criterion: wrong({ forward() {} }), optimizer: wrong(net) }),
    ],
    ["net.stateDict()", () => JSON.stringify({ net })],
    ["could not be cloned", () => structuredClone(net)],
  ])("%s", async (message, call) => {
    await expect((async () => call())()).rejects.toThrow(message);
  });

  test("it is listed, printed and inspected as PyTorch prints it", () => {
    const text = "Linear(in_features=2, out_features=2, bias=True)";
    expect([String(net), `${net}`, inspect(net), inspect({ net })]).toEqual([text, text, text, `{ net: ${text} }`]);
    expect(Object.keys(net)).toEqual(["training", "inFeatures", "outFeatures", "weight", "bias"]);
  });
});

describe("as in Python, a module is a function where one is asked for", () => {
  test("a transform, an argument of map", () => {
    const flat = new kindling.transforms.Compose([new nn.Flatten(0)]);
    expect(flat(ones([2, 3])).shape).toEqual([6]);
    expect([ones([2]), ones([2]).neg()].map((x) => new nn.ReLU()(x).sum().itemSync())).toEqual([2, 0]);
  });
});

describe("classes that nothing compiled", () => {
  /** Runs in a realm that makes no code from text, as a page with a strict policy. */
  const run = (code: string): unknown =>
    runInContext(
      `(() => { "use strict"; ${code} })()`,
      createContext({ nn, ones }, { codeGeneration: { strings: false, wasm: false } }),
    );

  test("fields name and length, layers so called, a forward on the instance", () => {
    expect(
      run(`
        class Net extends nn.Module {
          constructor() {
            super();
            this.name = "net";
            this.length = new nn.Linear(2, 3);
            this.l1 = new nn.Linear(3, 1);
          }
          forward(x) { return this.l1(this.length(x)); }
        }
        const net = new Net();
        return JSON.stringify([net.name, Object.keys(net), Object.keys(net.stateDict()), net(ones([4, 2])).shape, typeof net, net instanceof nn.Module]);
      `),
    ).toBe(
      JSON.stringify([
        "net",
        ["training", "name", "length", "l1"],
        ["length.weight", "length.bias", "l1.weight", "l1.bias"],
        [4, 1],
        "function",
        true,
      ]),
    );
  });

  test.each([
    ["new (class Net extends nn.Module {})()(ones([1]))", 'Module [Net] is missing the required "forward" function'],
    ["new nn.ModuleList([new nn.ReLU()])(ones([1]))", 'Module [ModuleList] is missing the required "forward" function'],
    ["nn.Linear(2, 2)", "Class constructor Linear cannot be invoked without 'new'"],
    ["new nn.Linear(2, 2)()", "linear(): argument 'input' (position 1) must be Tensor, not NoneType"],
  ])("%s", (code, message) => {
    expect(() => run(`return ${code};`)).toThrow(message);
  });
});

describe("another copy of the package", () => {
  let folder: string;
  let other: typeof kindling.nn;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kindling-copy-"));
    const outfile = join(folder, "nn.mjs");
    await build({
      entryPoints: [new URL("../../nn/src/index.ts", import.meta.url).pathname],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      conditions: ["@kindling/source"],
      logLevel: "silent",
    });
    other = await import(/* @vite-ignore */ outfile);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("its modules are called, found and hooked here", () => {
    const foreign = new other.Linear(2, 2);
    expect([foreign instanceof nn.Module, nn.isModule(foreign), other.isModule(net)]).toEqual([false, true, true]);
    const mixed = new nn.Sequential(foreign, new nn.ReLU());
    let calls = 0;
    foreign.registerForwardHook(() => {
      calls += 1;
    });
    expect(mixed(ones([1, 2])).shape).toEqual([1, 2]);
    expect([calls, Object.keys(mixed.stateDict())]).toEqual([1, ["0.weight", "0.bias"]]);
    expect(() => ones([2]).add(wrong(foreign))).toThrow("must be Tensor, not Linear");
  });
});
