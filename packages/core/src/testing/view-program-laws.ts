import { expect, test } from "vitest";
import { fromBuffer } from "../api/creation.ts";
import { castArray } from "../base/cast.ts";
import type { DType } from "../base/dtype.ts";
import { KindlingError } from "../base/errors.ts";
import { numel, type Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { noGrad } from "../graph/grad-mode.ts";
import { moveTo } from "../graph/op.ts";
import { scope } from "../scope/scope.ts";
import { isTensor, type Tensor } from "../tensor/tensor.ts";
import { agree, differs, type GoldenTensor, goldenNumbers } from "./golden.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { tier } from "./tier.ts";
import golden from "./view-programs.golden.json" with { type: "json" };

/** Makes a tensor of these numbers. */
interface New {
  readonly as: string;
  readonly new: readonly number[];
  readonly shape: Shape;
  readonly dtype: DType;
  readonly leaf: boolean;
}

/** Calls a method; the result, or one of several, gets a name. */
interface Call {
  readonly as: string | null;
  readonly of: string;
  readonly call: string;
  readonly args: readonly unknown[];
  readonly output?: number;
  readonly noGrad?: boolean;
}

interface Program {
  readonly steps: readonly (New | Call)[];
  readonly values: Readonly<Record<string, GoldenTensor>>;
  readonly grads?: Readonly<Record<string, GoldenTensor | null>>;
  readonly error?: string;
}

// JSON has no unions: what TypeScript infers is wider.
const all: readonly unknown[] = golden.programs;
const programs = all as readonly Program[];

/** Programs of one test. */
const TOGETHER = 20;

class Machine {
  readonly tensors = new Map<string, Tensor>();
  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
  }

  run(step: New | Call): void {
    if ("new" in step) {
      const data = castArray(step.new, step.dtype);
      const made = moveTo(fromBuffer(data, step.shape, { dtype: step.dtype }), this.#device);
      this.tensors.set(step.as, step.leaf ? made.requiresGrad_() : made);
      return;
    }
    const result = step.noGrad === true ? noGrad(() => this.#call(step)) : this.#call(step);
    if (step.as !== null) this.tensors.set(step.as, result);
  }

  #call({ of, call, args, output }: Call): Tensor {
    const on = this.#tensor(of);
    const method: unknown = Reflect.get(on, call);
    if (typeof method !== "function") throw new Error(`there is no method ${call}`);
    const result: unknown = method.apply(
      on,
      args.map((arg) => (isReference(arg) ? this.#tensor(arg.ref) : arg)),
    );
    const one: unknown = output === undefined ? result : (result as readonly unknown[])[output];
    if (!isTensor(one)) throw new Error(`${call} gives ${String(one)}`);
    return one;
  }

  #tensor(name: string): Tensor {
    return this.tensors.get(name) as Tensor;
  }

  /** Differentiates every tensor that has a graph, each element with a weight of its own. */
  differentiate(): void {
    const parts = [...this.tensors.values()].filter((x) => x.requiresGrad).map((x) => x.mul(this.#weights(x)).sum());
    const [first, ...rest] = parts;
    if (first !== undefined) rest.reduce((sum, part) => sum.add(part), first).backward();
  }

  #weights(x: Tensor): Tensor {
    const data = Float32Array.from({ length: numel(x.shape) }, (_, i) => (i + 1) / 8);
    return moveTo(fromBuffer(castArray(data, x.dtype), x.shape, { dtype: x.dtype }), this.#device);
  }
}

function isReference(arg: unknown): arg is { readonly ref: string } {
  return typeof arg === "object" && arg !== null && "ref" in arg;
}

function refusal(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof KindlingError ? error.message : `not a KindlingError: ${String(error)}`;
  }
}

/** What differs from PyTorch after a program, in words. */
async function faultsOf({ steps, values, grads, error }: Program, device: Device): Promise<string[]> {
  const machine = new Machine(device);
  const wrong: string[] = [];
  const kept = scope(() => {
    const message = refusal(() => {
      for (const step of steps) machine.run(step);
      machine.differentiate();
    });
    if (error === undefined && message !== null) wrong.push(`refused: ${message}`);
    if (error !== undefined && message?.includes(error) !== true) wrong.push(`says ${message}, expected ${error}`);
    return Object.keys(values).map((name) => {
      const x = machine.tensors.get(name);
      return {
        name,
        value: x?.detach().clone(),
        grad: grads?.[name] === undefined ? null : (x?.grad?.clone() ?? null),
      };
    });
  });
  for (const { name, value, grad } of kept) {
    const difference = await differs(value, values[name] as GoldenTensor, { rtol: 1e-5, atol: 1e-6 });
    if (difference !== null) wrong.push(`${name}: ${difference}`);
    const wanted = grads?.[name];
    if (wanted === undefined) continue;
    const slope = wanted === null ? (grad === null ? null : "not expected") : await differsFrom(grad, wanted);
    if (slope !== null) wrong.push(`gradient of ${name}: ${slope}`);
    value?.dispose();
    grad?.dispose();
  }
  for (const { value } of kept) value?.dispose();
  return wrong;
}

/** A gradient of zeros may be missing. */
async function differsFrom(grad: Tensor | null, wanted: GoldenTensor): Promise<string | null> {
  const tolerance = { rtol: 1e-4, atol: 1e-5 };
  if (grad !== null) return differs(grad, wanted, tolerance);
  return goldenNumbers(wanted).every((value) => agree(value, 0, tolerance)) ? null : "missing";
}

/** `a = tensor([4]); b = a.select(0, 1); b.add_(2)`. */
function describeProgram({ steps }: Program): string {
  const lines = steps.map((step) => {
    if ("new" in step)
      return `${step.as} = ${step.leaf ? "leaf" : "tensor"}([${step.shape}], ${step.dtype}) ${step.new}`;
    const args = step.args.map((arg) => (isReference(arg) ? arg.ref : JSON.stringify(arg))).join(", ");
    const result = step.as === null ? "" : `${step.as} = `;
    const output = step.output === undefined ? "" : `[${step.output}]`;
    return `${result}${step.of}.${step.call}(${args})${output}${step.noGrad === true ? " in noGrad" : ""}`;
  });
  return lines.join("\n");
}

/** Programs of views, in-place ops and derivatives leave every tensor as PyTorch does, or are refused in its words. */
export function viewProgramLaws(device: () => Device, { name, slow }: LawsOfDevice): void {
  const groups = Array.from({ length: Math.ceil(programs.length / TOGETHER) }, (_, i) => i);
  test.each(groups)("programs of views, group %i", slow ? tier("proofs", { device: name }) : {}, async (group) => {
    for (const program of programs.slice(group * TOGETHER, (group + 1) * TOGETHER)) {
      expect(await faultsOf(program, device()), describeProgram(program)).toEqual([]);
    }
  });
}
