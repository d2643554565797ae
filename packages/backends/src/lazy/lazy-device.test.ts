import {
  cpu,
  type Device,
  type DType,
  manualSeed,
  noGrad,
  ones,
  randn,
  scope,
  type Tensor,
  type TypedArray,
  tensor,
} from "@kindling/core";
import type { FusedKernel, Handle, InputsOf, KernelName, Operand, TensorSpec } from "@kindling/core/device";
import { type FileArray, fromFileArray, toFileArray } from "@kindling/core/extend";
import { describe, expect, test } from "vitest";
import type { Compiler, Executable } from "./compiler.ts";
import type { LazyBuffer, Node } from "./lazy-buffer.ts";
import { LazyDevice } from "./lazy-device.ts";
import type { Subgraph } from "./subgraph.ts";

/** A compiler that knows nothing of ONNX: its executables are lists of calls, which the cpu device computes. */
class CallsOnCpu implements Compiler {
  readonly isSync: boolean;
  /** The kernels of each executable that has run. */
  readonly runs: string[][] = [];
  fails = false;

  constructor(isSync: boolean) {
    this.isSync = isSync;
  }

  executableFor({ nodes }: Subgraph): Executable {
    const run = (given: readonly LazyBuffer[], roots: readonly LazyBuffer[], memory: readonly FileArray[]): void => {
      if (this.fails) throw new Error("out of order");
      const known = new Map<LazyBuffer, Handle>();
      for (const buffer of given) {
        known.set(
          buffer,
          cpu.upload(
            fromFileArray("test", buffer.value as FileArray, buffer.dtype).slice(),
            buffer.shape,
            buffer.dtype,
          ),
        );
      }
      for (const node of nodes) compute(node, known);
      for (const [i, root] of roots.entries()) {
        const found = cpu.host?.view(known.get(root) as Handle) as TypedArray;
        (memory[i] as Float32Array).set(toFileArray(found, root.dtype) as Float32Array);
      }
      this.runs.push(nodes.map(({ signature }) => signature.kernel));
    };
    return {
      ready: undefined,
      run: (...args) => (this.isSync ? run(...args) : Promise.resolve().then(() => run(...args))),
      use() {},
      release() {},
    };
  }

  errorOf(error: unknown): Error {
    return new Error("the calls could not be computed", { cause: error });
  }
}

function compute({ signature, inputs, outs }: Node, known: Map<LazyBuffer, Handle>): void {
  const { kernel, names, attrs, inputs: specs } = signature;
  const operands = inputs.map(
    (buffer, i): Operand => ({ ...(specs[i] as TensorSpec), handle: known.get(buffer) as Handle }),
  );
  const named = names === null ? operands : Object.fromEntries(names.map((name, i) => [name, operands[i] as Operand]));
  const results = cpu.run(kernel as KernelName, named as InputsOf<KernelName>, attrs as never, signature.outs);
  for (const [i, out] of outs.entries()) known.set(out, results[i] as Handle);
}

class LazyCpu extends LazyDevice {
  readonly name = "lazy";
  readonly compiler: CallsOnCpu;

  constructor(isSync: boolean) {
    const compiler = new CallsOnCpu(isSync);
    super(compiler);
    this.compiler = compiler;
  }

  has(kernel: FusedKernel, dtype: DType): boolean {
    return cpu.has?.(kernel, dtype) ?? false;
  }
}

/** Three steps of a small regression; the losses, and the weight at the end. */
async function train(device: LazyDevice | typeof cpu): Promise<number[]> {
  manualSeed(7);
  const [x, weight] = [randn([8, 3]).to(device), randn([3, 2]).to(device).requiresGrad_()];
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) {
    const loss = scope(() => {
      const error = x.matmul(weight).sigmoid().sub(1).square().mean();
      error.backward();
      noGrad(() => weight.sub_((weight.grad as Tensor).mul(0.5)));
      return error.detach();
    });
    weight.grad = null;
    device.mark?.();
    losses.push(await loss.item());
  }
  return [...losses, ...(await weight.toTypedArray())];
}

describe.each([true, false])("a lazy device whose compiler is synchronous: %s", (isSync) => {
  test("trains to the bits that the device has which computes", async () => {
    expect(await train(new LazyCpu(isSync))).toEqual(await train(cpu));
  });

  test("computes what is read, in one run, and nothing else", async () => {
    const device = new LazyCpu(isSync);
    const x = tensor([1, 2, 3], { device });
    const wanted = x.mul(2).add(1);
    const unused = x.exp();
    expect(device.compiler.runs).toEqual([]);
    expect([...(await wanted.toTypedArray())]).toEqual([3, 5, 7]);
    expect(device.compiler.runs).toEqual([["mul", "add"]]);
    unused.dispose();
  });

  test("a failure is the compiler's error, and what failed is computed when it is asked for again", async () => {
    const device = new LazyCpu(isSync);
    const y = ones([2], { device }).mul(3);
    device.compiler.fails = true;
    await expect(y.toTypedArray()).rejects.toThrow("the calls could not be computed");
    device.compiler.fails = false;
    expect([...(await y.toTypedArray())]).toEqual([3, 3]);
  });
});

/** A row of `weight` by an index that the device computes: it has rows 0 and 1. */
function rowOf(weight: Tensor, index: number): Tensor {
  return weight.indexSelect(0, tensor([0], { device: weight.device, dtype: "int32" }).add(index));
}

/** A program whose steps change its state in place, some of it before the row is looked for, some after. */
class Program {
  readonly #device: Device;
  readonly #state: readonly Tensor[];

  constructor(device: Device) {
    this.#device = device;
    this.#state = [[[2], [4]], [[1]], [[0]]].map((numbers) => tensor(numbers, { device }));
  }

  step(index: number): Tensor {
    const [weight, average, count] = this.#state as [Tensor, Tensor, Tensor];
    return scope(() => {
      weight.mul_(0.5);
      count.add_(1);
      const row = rowOf(weight, index);
      average.mul_(0.5).add_(row);
      weight.sub_(average);
      this.#device.mark?.();
      return row.detach();
    });
  }

  async state(): Promise<unknown> {
    return Promise.all(this.#state.map((each) => each.toList()));
  }

  /** Takes steps without a look at anything, up to the first that fails. */
  async steps(...indices: number[]): Promise<string> {
    try {
      const rows = indices.map((index) => this.step(index));
      for (const row of rows) await row.toList();
      return "done";
    } catch {
      return "failed";
    }
  }
}

describe.each([true, false])("a step that fails, where the compiler is synchronous: %s", (isSync) => {
  // On the cpu the op throws that the index is for: the program stops there.
  test.each([
    ["at once", [[9], [0]]],
    ["after one that was read", [[0], [9], [1], [0]]],
    ["after one that was not", [[0, 9], [1]]],
    ["again and again", [[1], [9], [9], [0, 1, 9], [1]]],
  ])("%s: the state is what it was at the failing call, and the program goes on from there", async (_, all) => {
    const [there, here] = [new Program(new LazyCpu(isSync)), new Program(cpu)];
    for (const indices of all) {
      expect(await there.steps(...indices)).toBe(await here.steps(...indices));
      expect(await there.state()).toEqual(await here.state());
    }
  });

  test("is reported once to whoever reads the state, if nothing else was read", async () => {
    const device = new LazyCpu(isSync);
    const [weight, other] = [tensor([[2], [4]], { device }), tensor([1], { device })];
    weight.add_(rowOf(weight, 9));
    other.add_(1);
    expect(await other.toList()).toEqual([2]);
    await expect(weight.toTypedArray()).rejects.toThrow("the calls could not be computed");
    expect(await weight.toList()).toEqual([[2], [4]]);
    expect(await weight.add_(1).toList()).toEqual([[3], [5]]);
  });

  test("fails alone: what is read at the same time, or computed on the way, does not need it", async () => {
    const device = new LazyCpu(isSync);
    const [state, sound] = [tensor([[2], [4]], { device }), tensor([5], { device })];
    const bad = rowOf(state, 9);
    const needing = bad.mul(2);
    const fine = sound.mul(2);
    state.add_(bad);
    sound.add_(1);
    const read = await Promise.allSettled([needing, fine, bad, sound].map(async (each) => each.toList()));
    expect(read.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
    expect([await fine.toList(), await sound.toList(), await state.toList()]).toEqual([[10], [6], [[2], [4]]]);
    // A result that is no state is looked for each time.
    await expect(bad.toTypedArray()).rejects.toThrow("the calls could not be computed");
  });

  test("state that began in it begins with zeros", async () => {
    const device = new LazyCpu(isSync);
    const weight = tensor([[2], [4]], { device });
    const momentum = rowOf(weight, 9).mul(1);
    device.keep(momentum.operand().handle);
    await expect(momentum.toTypedArray()).rejects.toThrow("the calls could not be computed");
    expect(await momentum.toList()).toEqual([[0]]);
  });
});

test("a device with a synchronous compiler is read without waiting, another is not", () => {
  expect(
    ones([2], { device: new LazyCpu(true) })
      .add(1)
      .toListSync(),
  ).toEqual([2, 2]);
  expect(() =>
    ones([2], { device: new LazyCpu(false) })
      .add(1)
      .toListSync(),
  ).toThrow(/waiting/);
});
