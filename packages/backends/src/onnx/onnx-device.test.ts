import {
  conv2d,
  type Device,
  fromBuffer,
  IndexOutOfRangeError,
  manualSeed,
  noGrad,
  rand,
  scope,
  type Tensor,
  tensor,
  zeros,
} from "@kindling/core";
import { asParameter } from "@kindling/core/extend";
import { beforeEach, describe, expect, test } from "vitest";
import { OnnxDevice } from "./device.ts";
import { loadRuntime } from "./runtime/load-runtime.node.ts";
import type { Runtime } from "./runtime/runtime.ts";

test("float64 is refused where ONNX Runtime has an operator for float32 alone", () => {
  const onnx = new OnnxDevice(loadRuntime(1));
  const on = { device: onnx, dtype: "float64" } as const;
  expect([...onnx.singleOnly].sort()).toEqual(["atan", "conv2d", "conv2dInput", "conv2dWeight", "erf"]);
  expect(
    rand([2, 2], on)
      .matmul(rand([2, 2], on))
      .exp().dtype,
  ).toBe("float64");
  expect(() => rand([2], on).erf()).toThrowErrorMatchingInlineSnapshot(
    `[DTypeError: erf: "erf" not implemented for 'float64': the device is onnx. Compute in single precision, x.float(), or on the cpu, which has every kernel for every dtype.]`,
  );
  expect(() => conv2d(rand([1, 1, 3, 3], on), rand([1, 1, 2, 2], on))).toThrow(
    `"conv2d" not implemented for 'float64'`,
  );
});

/** A runtime that counts how often it is called. */
class Counting implements Runtime {
  readonly name = "counting";
  readonly threads = 1;
  readonly isSync: boolean;
  runs = 0;
  /** Names of what the last graph was given, and of what it gave. */
  feeds: string[] = [];
  results: string[] = [];
  disposed = 0;
  readonly #inner = loadRuntime(1);

  constructor(isSync = true) {
    this.isSync = isSync;
  }

  compile(...args: Parameters<Runtime["compile"]>) {
    const session = this.#inner.compile(...args) as Exclude<ReturnType<Runtime["compile"]>, Promise<unknown>>;
    let isDisposed = false;
    const counted = {
      run: (feeds: Parameters<typeof session.run>[0], results: Parameters<typeof session.run>[1]) => {
        if (isDisposed) throw new Error("the session is gone");
        this.runs += 1;
        this.feeds = Object.keys(feeds);
        this.results = Object.keys(results);
        return session.run(feeds, results);
      },
      dispose: () => {
        this.disposed += 1;
        isDisposed = true;
        session.dispose();
      },
    };
    return this.isSync ? counted : Promise.resolve(counted);
  }
}

let runtime: Counting;
let device: OnnxDevice;
beforeEach(() => {
  manualSeed(1);
  runtime = new Counting();
  device = new OnnxDevice(runtime);
});

/** Runs `step` and says how many graphs were compiled and run meanwhile. */
async function counted(step: () => unknown): Promise<{ compiled: number; runs: number }> {
  const before = { compiled: device.executables.compiled, runs: runtime.runs };
  await step();
  return { compiled: device.executables.compiled - before.compiled, runs: runtime.runs - before.runs };
}

/** A linear model and a step of plain gradient descent. */
function training(on: Device, lr: () => number = () => 0.1): () => { loss: Tensor; outputs: Tensor } {
  const w = asParameter(rand([4, 3]).to(on));
  return () => {
    const x = rand([5, 4]).to(on);
    const outputs = x.matmul(w);
    const loss = outputs.square().mean();
    loss.backward();
    noGrad(() => w.add_(w.grad as Tensor, { alpha: -lr() }));
    w.grad?.dispose();
    w.grad = null;
    on.mark?.();
    return { loss, outputs };
  };
}

describe("recording", () => {
  test("nothing is computed before somebody reads, and then all at once", async () => {
    const x = tensor([1, 2, 3], { device });
    const y = x.mul(2).add(1).exp().log();
    expect(runtime.runs).toBe(0);
    expect(await y.sum().item()).toBeCloseTo(15, 5);
    expect(runtime.runs).toBe(1);
  });

  test("what was freed unread is not computed", async () => {
    const x = tensor([1, 2, 3], { device });
    expect(await counted(() => x.exp().dispose())).toEqual({ compiled: 0, runs: 0 });
  });

  test("an input may be freed before its result is computed", async () => {
    const x = fromBuffer(new Float32Array(2048).fill(2), [2048], {}).to(device);
    const y = x.mul(3);
    x.dispose();
    // Memory that was given back too early would be this one's.
    const other = fromBuffer(new Float32Array(2048).fill(9), [2048], {}).to(device);
    expect((await y.toTypedArray())[2047]).toBe(6);
    expect((await other.toTypedArray())[0]).toBe(9);
  });

  test("elements that were read stay the reader's when their memory is given back", async () => {
    const x = zeros([2048]).to(device).add(1);
    const read = (await device.download(x.operand().handle)) as Float32Array;
    x.dispose();
    await zeros([2048]).to(device).add(5).toTypedArray();
    expect(read[0]).toBe(1);
  });

  test("a chain of a hundred thousand ops is computed on the way", async () => {
    const before = await counted(async () => {
      let x = tensor(0, { device });
      for (let i = 0; i < 100_000; i++) {
        const next = x.add(1);
        x.dispose();
        x = next;
      }
      expect(await x.item()).toBe(100_000);
    });
    expect(before.compiled).toBeLessThan(4);
    expect(before.runs).toBeGreaterThan(40);
  });
});

describe("rows of a data set of bytes", () => {
  const pickedOf = (bytes: Uint8Array): Tensor =>
    fromBuffer(bytes, [bytes.length / 4, 4])
      .indexSelect(0, tensor([2, 0], { dtype: "int32" }))
      .to("float32")
      .to(device);

  test("that were moved are a copy: the array may be filled anew before they are computed", async () => {
    const bytes = new Uint8Array(12).fill(1);
    const rows = pickedOf(bytes);
    bytes.fill(9);
    expect(await rows.add(1).toList()).toEqual([Array(4).fill(2), Array(4).fill(2)]);
  });

  test("are one graph, however large the data set is", async () => {
    const { compiled } = await counted(async () => {
      for (let count = 3; count < 9; count++)
        await pickedOf(new Uint8Array(4 * count))
          .add(1)
          .toTypedArray();
    });
    expect(compiled).toBe(1);
  });
});

describe("what cannot be computed", () => {
  /** A row that does not exist: nobody knows before the index is computed. */
  const missing = (): Tensor =>
    tensor([[1], [2]], { device }).indexSelect(0, tensor([1], { device, dtype: "int32" }).add(4));

  test("says what is wrong when it is read, each time", async () => {
    const bad = missing();
    for (let time = 0; time < 2; time++) {
      await expect(bad.toTypedArray()).rejects.toThrow(
        "onnx: index out of range in self: index 5 is not within [-2,1]",
      );
    }
    expect(() => bad.add(1).toTypedArraySync()).toThrow(IndexOutOfRangeError);
  });

  test("does not keep others from being computed", async () => {
    const state = tensor([1], { device });
    state.add_(missing().sum());
    // An upload after the end of a step, and a read of something else.
    device.mark();
    expect(await tensor([1, 2], { device }).add(1).toList()).toEqual([2, 3]);
    const other = tensor([1], { device });
    other.add_(missing().sum());
    expect(await tensor([3], { device }).add(1).item()).toBe(4);
    await expect(state.item()).rejects.toThrow(IndexOutOfRangeError);
    await expect(other.item()).rejects.toThrow(IndexOutOfRangeError);
  });
});

describe("a bad index that the device has computed", () => {
  const ROWS = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  test.each([
    ["indexSelect", (w: Tensor, index: Tensor) => w.indexSelect(0, index)],
    ["gather", (w: Tensor, index: Tensor) => w.gather(0, index.view(1, 2))],
  ])("in %s is an error of the read, and leaves the parameters as they were", async (_, of) => {
    const w = tensor(ROWS, { device, requiresGrad: true });
    const bits = tensor([0, 1], { device, dtype: "int32" });
    const step = async (factor: number): Promise<number> => {
      using _ = scope();
      const loss = of(w, bits.mul(factor)).sum();
      loss.backward();
      noGrad(() => w.sub_((w.grad as Tensor).mul(0.5)));
      w.grad = null;
      device.mark();
      return await loss.item();
    };
    await step(1);
    const before = await w.toList();
    expect(before).not.toEqual(ROWS);
    for (let time = 0; time < 2; time++) {
      await expect(step(7)).rejects.toThrow(/onnx: index out of range in self/);
      expect(await w.toList()).toEqual(before);
    }
    await step(1);
    expect(await w.toList()).not.toEqual(before);
  });
});

describe("a training loop", () => {
  test("is one call a step, and compiles nothing after the second", async () => {
    const step = training(device);
    const seen: { compiled: number; runs: number }[] = [];
    for (let i = 0; i < 6; i++) {
      seen.push(
        await counted(async () => {
          using _ = scope();
          const { loss, outputs } = step();
          await loss.item();
          await outputs.toTypedArray();
        }),
      );
    }
    expect(seen.slice(2)).toEqual(new Array(4).fill({ compiled: 0, runs: 1 }));
  });

  test("gives the cpu's numbers", async () => {
    const { cpu } = await import("@kindling/core");
    const losses = async (on: Device): Promise<number[]> => {
      manualSeed(5);
      const step = training(on);
      const found: number[] = [];
      for (let i = 0; i < 5; i++) {
        using _ = scope();
        found.push(await step().loss.item());
      }
      return found;
    };
    const [here, there] = [await losses(cpu), await losses(device)];
    here.forEach((loss, i) => {
      expect(there[i]).toBeCloseTo(loss, 5);
    });
  });

  test("without a read, a step is over when the next batch comes", async () => {
    const step = training(device);
    const seen = await counted(() => {
      for (let i = 0; i < 10; i++) scope(() => void step());
    });
    expect(seen).toEqual({ compiled: 1, runs: 9 });
  });

  test("state that nobody reads does not grow the graph", async () => {
    const step = training(device);
    for (let i = 0; i < 4; i++) scope(() => void step());
    const { feeds } = runtime;
    for (let i = 0; i < 20; i++) scope(() => void step());
    expect(runtime.feeds).toEqual(feeds);
  });

  test("a rate that changes every step is fed, not compiled", async () => {
    let lr = 1;
    const step = training(device, () => {
      lr *= 0.9;
      return lr;
    });
    const seen: number[] = [];
    for (let i = 0; i < 8; i++) {
      const { compiled } = await counted(async () => {
        using _ = scope();
        await step().loss.item();
      });
      seen.push(compiled);
    }
    expect(seen.slice(3)).toEqual([0, 0, 0, 0, 0]);
  });

  test("a sum that is carried from step to step is computed with its step, once that is known", async () => {
    const step = training(device);
    let total = tensor(0, { device });
    const round = (): void => {
      for (let i = 0; i < 300; i++) {
        const next = scope(() => total.add(step().loss));
        total.dispose();
        total = next;
      }
    };
    round();
    await total.item();
    const { compiled } = await counted(async () => {
      round();
      await total.item();
    });
    expect(compiled).toBeLessThanOrEqual(2);
    expect(Number.isFinite(await total.item())).toBe(true);
  });
});

describe("the cache", () => {
  test("keeps so many graphs, and gives back the others", async () => {
    const { ExecutableCache } = await import("./running/executable-cache.ts");
    const small = new ExecutableCache(runtime, { most: 4 });
    const { subgraphFor } = await import("../lazy/subgraph.ts");
    for (let n = 1; n <= 10; n++) {
      const buffer = tensor([1], { device }).expand(n).operand().handle;
      small.executableFor(subgraphFor([buffer as never], () => {}));
    }
    // `expand(1)` is the tensor itself.
    expect([small.size, small.compiled, runtime.disposed]).toEqual([4, 10, 6]);
  });

  test("one number that differs is fed from then on", async () => {
    const results: number[] = [];
    const seen = await counted(async () => {
      for (const factor of [1.5, 2.5, 3.5, 4.5]) results.push(await tensor([2], { device }).add(1).mul(factor).item());
    });
    expect(results).toEqual([4.5, 7.5, 10.5, 13.5]);
    expect(seen).toEqual({ compiled: 2, runs: 4 });
  });
});

describe("a runtime that only computes later", () => {
  beforeEach(() => {
    runtime = new Counting(false);
    device = new OnnxDevice(runtime);
  });

  test("is read with waiting only", async () => {
    const x = tensor([1, 2], { device }).add(1);
    expect(() => x.toTypedArraySync()).toThrow("the onnx device cannot be read without waiting");
    expect(await x.toList()).toEqual([2, 3]);
  });

  test("trains all the same", async () => {
    const step = training(device);
    let last = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 10; i++) {
      using _ = scope();
      last = await step().loss.item();
    }
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(0.5);
  });

  test("a failure is told to who reads, and what was asked for can be asked for again", async () => {
    const x = tensor([1, 2], { device }).add(1);
    const { compile } = runtime;
    runtime.compile = async () => {
      throw new Error("no memory");
    };
    await expect(x.toTypedArray()).rejects.toThrow("no memory");
    runtime.compile = compile;
    expect(await x.toList()).toEqual([2, 3]);
  });

  test("what needs something that failed fails for the same reason", async () => {
    const x = tensor([1, 2], { device }).add(1);
    const { compile } = runtime;
    runtime.compile = async () => {
      throw new Error("no memory");
    };
    const first = x.toTypedArray();
    const second = x.mul(2).toTypedArray();
    await expect(first).rejects.toThrow("no memory");
    await expect(second).rejects.toThrow("no memory");
    runtime.compile = compile;
    expect(await x.mul(2).toList()).toEqual([4, 6]);
  });

  test("a loop that never waits compiles no more than one that does", async () => {
    const step = training(device);
    for (let i = 0; i < 1000; i++) scope(() => void step());
    expect(device.executables.compiled).toBeLessThan(5);
    expect(await step().loss.item()).toBeLessThan(0.1);
  });

  test("graphs that wait for their turn are not given back before it", async () => {
    const sums: Promise<number>[] = [];
    for (let n = 1; n <= 600; n++) sums.push(tensor([1], { device }).add(1).expand(n).sum().item());
    expect(await Promise.all(sums)).toEqual(Array.from({ length: 600 }, (_, i) => 2 * (i + 1)));
    await new Promise(setImmediate);
    expect([device.executables.size, runtime.disposed]).toEqual([512, 88]);
  });

  test("computes in order, whatever is freed meanwhile", async () => {
    const x = zeros([2048]).to(device).add(1);
    const first = x.toTypedArray();
    const y = x.mul(2);
    const second = y.toTypedArray();
    x.dispose();
    y.dispose();
    expect([(await first)[0], (await second)[0]]).toEqual([1, 2]);
  });
});
