import { cpu, manualSeed, noGrad, ones, randn, scope, type Tensor, type TypedArray, tensor } from "@kindling/core";
import type { FusedKernel, Handle, InputsOf, KernelName, Operand, TensorSpec } from "@kindling/core/device";
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
    const run = (given: readonly LazyBuffer[], roots: readonly LazyBuffer[], memory: readonly TypedArray[]): void => {
      if (this.fails) throw new Error("out of order");
      const known = new Map<LazyBuffer, Handle>();
      for (const buffer of given) {
        known.set(buffer, cpu.upload((buffer.value as TypedArray).slice(), buffer.shape, buffer.dtype));
      }
      for (const node of nodes) compute(node, known);
      for (const [i, root] of roots.entries()) {
        memory[i]?.set(cpu.host?.view(known.get(root) as Handle) as TypedArray);
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

  has(kernel: FusedKernel): boolean {
    return cpu.has?.(kernel) ?? false;
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
