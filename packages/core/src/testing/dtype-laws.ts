import { expect, test } from "vitest";
import { fromBuffer } from "../api/creation.ts";
import { castArray } from "../base/cast.ts";
import { type DType, isFloat } from "../base/dtype.ts";
import { KindlingError } from "../base/errors.ts";
import { numel } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { moveTo } from "../graph/op.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree, goldenNumbers } from "./golden.ts";
import { callOp, canRun, describeCall, type GoldenCase, goldenCases, hasDTypes, outputsOf } from "./golden-cases.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { tier } from "./tier.ts";

const OTHERS: readonly DType[] = ["bool", "uint8", "int32", "int64"];

/** The smallest call of each op whose inputs are finite floats: the others have a dtype that matters. */
function callsOfFloats(): GoldenCase[] {
  const found = new Map<string, GoldenCase>();
  for (const call of goldenCases) {
    const { op, inputs, outputs } = call;
    const floats = inputs.filter(({ dtype }) => isFloat(dtype));
    if (floats.length === 0 || outputs === undefined || !inputs.every(({ shape }) => numel(shape) > 0)) continue;
    if (!floats.every((input) => goldenNumbers(input).every(Number.isFinite))) continue;
    const size = (each: GoldenCase): number => each.inputs.reduce((sum, { shape }) => sum + numel(shape), 0);
    const known = found.get(op);
    if (known === undefined || size(call) < size(known)) found.set(op, call);
  }
  return [...found.values()];
}

/** The result of a call whose floats have another dtype, or the message that refuses it. */
async function played(call: GoldenCase, dtype: DType, device: Device): Promise<string | Played[]> {
  let outputs: Tensor[];
  try {
    outputs = scope(() => {
      const inputs = call.inputs.map((input) => {
        const own = isFloat(input.dtype) ? dtype : input.dtype;
        // Not negative: what a negative float becomes as a byte is not defined.
        const numbers = goldenNumbers(input).map((value) => (isFloat(input.dtype) ? Math.abs(value * 3) : value));
        const data = castArray(numbers, own);
        return moveTo(fromBuffer(data, input.shape, { dtype: own }), device);
      });
      return outputsOf(callOp(call, inputs, device)).map((output) => output.clone());
    });
  } catch (error) {
    if (!(error instanceof KindlingError)) throw error;
    return error.message;
  }
  const results = outputs.map(async (output) => ({
    is: `${output.dtype} [${output.shape}]`,
    data: Array.from(await output.toTypedArray()),
  }));
  const read = await Promise.all(results);
  for (const output of outputs) output.dispose();
  return read;
}

interface Played {
  readonly is: string;
  readonly data: readonly number[];
}

/**
 * Every op gives for bytes, whole numbers and masks what it gives on the cpu, or refuses them as it does there. The ops are those of the
 * golden calls: a new one is tried without being named here.
 */
export function dtypeLaws(device: () => Device, { name }: LawsOfDevice): void {
  for (const call of callsOfFloats()) {
    test(`${call.op} of every dtype`, tier("proofs", { op: call.op, device: name }), async () => {
      if (!canRun(call, device()) || !hasDTypes(call, device())) return;
      const { largestInteger: largest } = device();
      for (const dtype of OTHERS) {
        const told = `${describeCall(call)} of ${dtype}`;
        const [wanted, found] = [await played(call, dtype, cpu), await played(call, dtype, device())];
        // A number that comes with the call, too large for a device that says so.
        if (typeof found === "string" && largest !== undefined && found.includes(`exactly up to ${largest} only`))
          continue;
        if (typeof wanted === "string" || typeof found === "string") {
          expect(found, told).toEqual(wanted);
          continue;
        }
        expect(
          found.map(({ is }) => is),
          told,
        ).toEqual(wanted.map(({ is }) => is));
        for (const [i, { data }] of wanted.entries()) {
          const there = (found[i] as Played).data;
          const wrong = data.findIndex((value, at) => !agree(there[at] as number, value, { rtol: 1e-5, atol: 1e-6 }));
          expect(wrong, `${told}: element ${wrong} is ${there[wrong]} instead of ${data[wrong]}`).toBe(-1);
        }
      }
    });
  }
}
