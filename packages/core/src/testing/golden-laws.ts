import { expect, test } from "vitest";
import { IN_PLACE } from "../api/in-place.ts";
import { isFloat } from "../base/dtype.ts";
import { KindlingError } from "../base/errors.ts";
import { sameShape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { scope } from "../scope/scope.ts";
import { memory } from "../storage/memory.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree, differs, fromGolden, type GoldenTensor, goldenNumbers, type Tolerance } from "./golden.ts";
import {
  callOp,
  canRun,
  describeCall,
  type GoldenCase,
  goldenCases,
  goldenErrors,
  hasDTypes,
  inputsOf,
  isKnown,
  isReference,
  isRefusedInDoubles,
  outputsOf,
  refusedSamples,
  sampleCases,
} from "./golden-cases.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { tier } from "./tier.ts";

/** How far results may be from PyTorch's: kernels add up in other orders, and approximate what is not arithmetic. */
const VALUES: Tolerance = { rtol: 1e-5, atol: 1e-6 };
const GRADIENTS: Tolerance = { rtol: 1e-4, atol: 1e-5 };
const DOUBLES: Tolerance = { rtol: 1e-10, atol: 1e-12 };

const toleranceOf = ({ dtype }: GoldenTensor, others: Tolerance): Tolerance => (dtype === "float64" ? DOUBLES : others);

/** The inputs as the op is given them: an in-place op gets a copy of what it changes. */
function operandsOf(call: GoldenCase, inputs: readonly Tensor[]): Tensor[] {
  return inputs.map((input, i) => (i === 0 && call.op.endsWith("_") ? input.clone() : input));
}

async function wrongValues(call: GoldenCase, device: Device): Promise<string[]> {
  const result = scope(() => callOp(call, operandsOf(call, inputsOf(call, device)), device));
  if (call.result !== undefined) return result === call.result ? [] : [`gives ${String(result)}`];
  const outputs = outputsOf(result);
  const expected = call.outputs ?? [];
  const wrong = outputs.length === expected.length ? [] : [`gives ${outputs.length} tensors, not ${expected.length}`];
  for (const [i, output] of expected.entries()) {
    const difference = await differs(outputs[i], output, toleranceOf(output, VALUES));
    if (difference !== null) wrong.push(`output ${i}: ${difference}`);
  }
  for (const output of outputs) output.dispose();
  return wrong;
}

async function wrongGradients(call: GoldenCase, device: Device): Promise<string[]> {
  const { weight, grads } = call;
  if (weight === undefined || grads === undefined) return [];
  const found = scope(() => {
    const leaves = inputsOf(call, device).map((input) => (isFloat(input.dtype) ? input.requiresGrad_() : input));
    const [output] = outputsOf(callOp(call, operandsOf(call, leaves), device)) as [Tensor];
    output.backward({ gradient: fromGolden(weight, device) });
    return leaves.map((leaf) => leaf.grad);
  });
  const wrong: string[] = [];
  for (const [i, grad] of grads.entries()) {
    const difference =
      grad === null ? (found[i] === null ? null : "not expected") : await differsInGradient(found[i], grad);
    if (difference !== null) wrong.push(`gradient ${i}: ${difference}`);
  }
  for (const grad of found) grad?.dispose();
  return wrong;
}

/** The faults of a call on `device`: wrong values, wrong gradients, or memory that it leaves behind there. */
async function faultsOf(call: GoldenCase, device: Device): Promise<string[]> {
  const before = memory();
  const wrong = [...(await wrongValues(call, device)), ...(await wrongGradients(call, device))];
  const { tensors, bytes } = memory();
  if (tensors !== before.tensors || bytes !== before.bytes) {
    wrong.push(`leaves ${tensors - before.tensors} tensors of ${bytes - before.bytes} bytes behind`);
  }
  return wrong;
}

/** A gradient that is zero may be left out where PyTorch has zeros. */
async function differsInGradient(found: Tensor | null | undefined, expected: GoldenTensor): Promise<string | null> {
  if (found !== null && found !== undefined) return differs(found, expected, toleranceOf(expected, GRADIENTS));
  return goldenNumbers(expected).every((value) => agree(value, 0, GRADIENTS)) ? null : "missing";
}

/** The message of the error that a call ends in; null where it ends well. */
function refusal(call: () => unknown): string | null {
  try {
    scope(call);
    return null;
  } catch (error) {
    return error instanceof KindlingError ? error.message : `not a KindlingError: ${String(error)}`;
  }
}

/** Whether the result can take the place of the first input, where that stands first. */
function fitsInPlace({ inputs, outputs = [], args }: GoldenCase): boolean {
  if (args.some((arg) => isReference(arg) && arg.input === 0)) return false;
  const [[input], [output]] = [inputs, outputs];
  if (input === undefined || output === undefined || outputs.length > 1) return false;
  return input.dtype === output.dtype && sameShape(input.shape, output.shape);
}

/** Every op gives PyTorch's numbers, gradients and messages, and gives back the memory that it takes. */
export function goldenLaws(device: () => Device, { name }: LawsOfDevice): void {
  const calls = [...goldenCases, ...sampleCases];
  const check = async (call: GoldenCase): Promise<void> => {
    if (!hasDTypes(call, device())) {
      expect(refusal(() => callOp(call, inputsOf(call, device()), device()))).toContain("framework doesn't support");
      return;
    }
    if (!canRun(call, device())) {
      // It may know without reading: what is empty holds nothing.
      const message = refusal(() => callOp(call, inputsOf(call, device()), device()));
      if (message !== null) {
        expect(message, describeCall(call)).toContain("cannot be read without waiting");
        return;
      }
    }
    if (isRefusedInDoubles(() => callOp(call, inputsOf(call, device()), device()), device())) return;
    const wrong = await faultsOf(call, device());
    expect(wrong, describeCall(call)).toEqual([]);
  };

  for (const op of new Set(sampleCases.map((call) => call.op))) {
    test(`${op} gives what PyTorch gives for its sample inputs`, tier("proofs", { op, device: name }), async () => {
      for (const call of sampleCases.filter((other) => other.op === op)) await check(call);
    });
  }

  const ops = new Set([...calls, ...goldenErrors].map(({ op }) => op));
  for (const op of ops) {
    test(`${op} gives what PyTorch gives`, async () => {
      expect(isKnown(op), `there is a function or method ${op}`).toBe(true);
      for (const call of goldenCases.filter((other) => other.op === op)) await check(call);
      for (const call of goldenErrors.filter((other) => other.op === op)) {
        const message = refusal(() => callOp(call, inputsOf(call, device()), device()));
        expect(message, describeCall(call)).toContain(call.message);
      }
    });
  }

  test.each(IN_PLACE)("%s_ leaves in the tensor what PyTorch gives", async (op) => {
    const fitting = calls.filter(
      (call) => call.op === op && fitsInPlace(call) && canRun(call, device()) && hasDTypes(call, device()),
    );
    expect(fitting.length, `no golden row of ${op}: tools/golden/generate.py --only ${op} adds them`).toBeGreaterThan(
      0,
    );
    for (const call of fitting.map((each) => ({ ...each, op: `${op}_` }))) {
      if (isRefusedInDoubles(() => callOp(call, inputsOf(call, device()), device()), device())) continue;
      const wrong = await faultsOf(call, device());
      expect(wrong, describeCall(call)).toEqual([]);
    }
  });

  test.each(refusedSamples)("$op refuses $reason", (call) => {
    const message = refusal(() => callOp(call, inputsOf(call, device()), device()));
    expect(
      message,
      `${describeCall(call)} runs now: remove it from REFUSED in tools/golden/sample_forms.py`,
    ).not.toBeNull();
  });
}
