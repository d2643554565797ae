import { expect, test } from "vitest";
import { type DType, isFloat, isInteger } from "../base/dtype.ts";
import type { Device } from "../device/device.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { scope } from "../scope/scope.ts";
import { agree, fromGolden, type GoldenTensor } from "./golden.ts";
import {
  callOp,
  canRun,
  describeCall,
  type GoldenCase,
  goldenCases,
  hasDTypes,
  inputsOf,
  outputsOf,
} from "./golden-cases.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { tier } from "./tier.ts";

/** A call with a NaN among the numbers of one input. */
interface Spoilt {
  readonly call: GoldenCase;
  readonly where: string;
}

/** With a NaN in each input in turn, at its first place, and at its last unless `once`. */
function spoilt(call: GoldenCase, once: boolean): Spoilt[] {
  return call.inputs.flatMap((input, k) => {
    if (!isFloat(input.dtype) || input.data.length === 0) return [];
    const places = once ? [0] : [...new Set([0, input.data.length - 1])];
    return places.map((at) => {
      const data = input.data.map((value, i) => (i === at ? "nan" : value));
      const inputs = call.inputs.map((other, i): GoldenTensor => (i === k ? { ...input, data } : other));
      return { call: { ...call, inputs }, where: `${describeCall(call)} with a NaN at ${at} of input ${k}` };
    });
  });
}

/** Languages leave open which whole number a NaN is: calls that are told to give whole numbers are left out. */
function isDefined({ args, inputs, outputs = [] }: GoldenCase): boolean {
  const isWhole = ({ dtype }: { readonly dtype: DType }): boolean => isInteger(dtype);
  const fillsIntegers = inputs[0] !== undefined && isWhole(inputs[0]) && outputs.some(isWhole);
  return !fillsIntegers && !/"u?int\d+"/.test(JSON.stringify(args));
}

/** What a call gives, and the gradients of its inputs. */
async function play(call: GoldenCase, device: Device): Promise<(ArrayLike<number> | null)[]> {
  const { weight } = call;
  const results = scope(() => {
    const leaves = inputsOf(call, device).map((input) =>
      isFloat(input.dtype) && weight !== undefined ? input.requiresGrad_() : input,
    );
    const given = leaves.map((leaf, i) => (i === 0 && call.op.endsWith("_") ? leaf.clone() : leaf));
    const outputs = outputsOf(callOp(call, given, device));
    if (weight !== undefined) outputs[0]?.backward({ gradient: fromGolden(weight, device) });
    return [...outputs.map((output) => output.detach()), ...leaves.map(({ grad }) => grad)];
  });
  const numbers = await Promise.all(results.map((each) => each?.toTypedArray() ?? null));
  for (const each of results) each?.dispose();
  return numbers;
}

/** How far results may be from the cpu's. */
const NEAR = { rtol: 1e-4, atol: 1e-4 };

/** A NaN goes where it goes on the cpu, and nowhere else: the calls are the golden ones, a new op is tried without being named here. */
export function nanLaws(device: () => Device, { name, slow, skipsPadding }: LawsOfDevice): void {
  for (const op of new Set(goldenCases.map((call) => call.op))) {
    const calls = goldenCases.filter((call) => call.op === op && isDefined(call) && spoilt(call, slow).length > 0);
    if (calls.length === 0 || (skipsPadding && op.startsWith("conv"))) continue;
    test(`${op} spreads NaN as on the cpu`, tier("proofs", { op, device: name }), async () => {
      if (device() === cpu) return;
      for (const { call, where } of (slow ? calls.slice(0, 1) : calls).flatMap((each) => spoilt(each, slow))) {
        if (!canRun(call, device()) || !hasDTypes(call, device())) continue;
        const [wanted, found] = [await play(call, cpu), await play(call, device())];
        for (const [i, numbers] of wanted.entries()) {
          const there = found[i];
          const wrong = Array.from(numbers ?? []).findIndex((value, k) => !agree(there?.[k] as number, value, NEAR));
          expect(wrong, `${where}, result ${i}: ${there?.[wrong]} instead of ${numbers?.[wrong]}`).toBe(-1);
        }
      }
    });
  }
}
