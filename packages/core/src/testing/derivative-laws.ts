import { expect, test } from "vitest";
import type { Device } from "../device/device.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { noGrad } from "../graph/grad-mode.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree } from "./golden.ts";
import { canRun, isRefusedInDoubles } from "./golden-cases.ts";
import { agreesWith, type Differentiable, gradcheck, type Slopes, slopesByDifferences, slopesOf } from "./gradcheck.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { type SmoothCase, smallest, smoothCases } from "./smooth-cases.ts";
import { tier } from "./tier.ts";

/** The elements of what a case gives. */
async function valuesOf(each: SmoothCase, positive: boolean, device: Device): Promise<ArrayLike<number>[]> {
  const outputs = scope(() => [...noGrad(() => each.run(each.inputs(device, positive), device))]);
  const data = await Promise.all(outputs.map((output) => output.toTypedArray()));
  for (const output of outputs) output.dispose();
  return data;
}

/** The reference for a case on every device, computed on the cpu. */
interface Measured {
  /** Whether its inputs are positive: what is not finite otherwise is tried there. */
  readonly positive: boolean;
  readonly values: readonly ArrayLike<number>[];
  readonly slopes: Slopes;
}

async function measure(each: SmoothCase, ofSlopes: boolean): Promise<Measured> {
  const ofBothSigns = await valuesOf(each, false, cpu);
  const positive = !ofBothSigns.every((data) => Array.from(data).every(Number.isFinite));
  const values = positive ? await valuesOf(each, true, cpu) : ofBothSigns;
  const { fn, inputs } = differentiable(each, positive, cpu, ofSlopes);
  const slopes = await slopesByDifferences(fn, inputs);
  for (const input of inputs) input.dispose();
  return { positive, values, slopes };
}

/** A case, or its derivative, as a function, and where it is differentiated. */
function differentiable(each: SmoothCase, positive: boolean, device: Device, ofSlopes: boolean): Tried {
  const fn: Differentiable = (...at) => each.run(at, device);
  const inputs = each.inputs(device, positive);
  return ofSlopes ? slopesOf(fn, inputs) : { fn, inputs };
}

interface Tried {
  readonly fn: Differentiable;
  readonly inputs: readonly Tensor[];
}

/**
 * Every derivative, and the derivative of that, is what finite differences give. They are taken on the cpu, of the same function: that its
 * values are the same on the device is checked with it, and each device computes a derivative once.
 */
export function derivativeLaws(device: () => Device, { name }: LawsOfDevice): void {
  const check = async (each: SmoothCase, ofSlopes: boolean): Promise<void> => {
    const { positive, values, slopes } = await measure(each, ofSlopes);
    const found = await valuesOf(each, positive, device());
    for (const [i, data] of found.entries()) {
      const wanted = values[i] as ArrayLike<number>;
      const wrong = Array.from(data).findIndex((value, at) => !agree(value, wanted[at] as number, VALUES));
      expect(wrong, `${each.name}: ${data[wrong]} instead of ${wanted[wrong]}`).toBe(-1);
    }
    const { fn, inputs } = differentiable(each, positive, device(), ofSlopes);
    await expect(agreesWith(slopes, fn, inputs), each.name).resolves.toBe(true);
    for (const input of inputs) input.dispose();
  };
  const checkDoubles = async (each: SmoothCase, ofSlopes: boolean): Promise<void> => {
    const fn: Differentiable = (...at) => each.run(at, device());
    if (isRefusedInDoubles(() => fn(...each.inputs(device(), true, "float64")), device())) return;
    const { positive } = await measure(each, false);
    const inputs = each.inputs(device(), positive, "float64");
    const tried = ofSlopes ? slopesOf(fn, inputs) : { fn, inputs };
    await expect(gradcheck(tried.fn, tried.inputs), each.name).resolves.toBe(true);
    for (const input of tried.inputs) input.dispose();
  };
  for (const op of new Set(smoothCases.map((each) => each.op))) {
    const cases = smoothCases.filter((each) => each.op === op);
    test(`${op} is differentiated as finite differences say`, async () => {
      if (!canRun({ op }, device())) return;
      for (const each of smallest(cases, 4)) await check(each, false);
    });
    const doubles = smallest(
      cases.filter(({ ofAnyFloats }) => ofAnyFloats),
      4,
    );
    test(`${op} is differentiated as finite differences say in double precision, to PyTorch's tolerances`, async () => {
      if (!canRun({ op }, device()) || device().dtypes?.has("float64") !== true) return;
      for (const each of doubles) await checkDoubles(each, false);
    });
    test(
      `the derivative of ${op} is differentiated as finite differences say in double precision`,
      tier("proofs", { op, device: name }),
      async () => {
        if (!canRun({ op }, device()) || device().dtypes?.has("float64") !== true) return;
        for (const each of doubles.slice(0, 2)) await checkDoubles(each, true);
      },
    );
    test(
      `the derivative of ${op} is differentiated as finite differences say`,
      tier("proofs", { op, device: name }),
      async () => {
        if (!canRun({ op }, device())) return;
        for (const each of smallest(cases, 2)) await check(each, true);
      },
    );
  }
}

const VALUES = { rtol: 1e-4, atol: 1e-5 };
