import { expect, test } from "vitest";
import type { Device } from "../device/device.ts";
import { noGrad } from "../graph/grad-mode.ts";
import { scope } from "../scope/scope.ts";
import { canRun } from "./golden-cases.ts";
import { gradcheck, gradgradcheck } from "./gradcheck.ts";
import { type SmoothCase, smallest, smoothCases } from "./smooth-cases.ts";

/** Inputs of both signs, or positive ones for what is not finite otherwise. */
async function placeFor(each: SmoothCase, device: Device): Promise<boolean> {
  const outputs = scope(() => noGrad(() => each.run(each.inputs(device, false), device)));
  const data = await Promise.all(outputs.map((output) => output.data()));
  for (const output of outputs) output.dispose();
  return data.some((values) => values.some((value) => !Number.isFinite(value)));
}

/** Every derivative, and the derivative of that, is what finite differences give. */
export function derivativeLaws(device: () => Device): void {
  for (const op of new Set(smoothCases.map((each) => each.op))) {
    const cases = smoothCases.filter((each) => each.op === op);
    test(`${op} is differentiated as finite differences say, twice`, async () => {
      const on = device();
      if (!canRun({ op }, on)) return;
      const check = async (each: SmoothCase, holds: typeof gradcheck): Promise<void> => {
        const inputs = each.inputs(on, await placeFor(each, on));
        await expect(
          holds((...at) => each.run(at, on), inputs),
          each.name,
        ).resolves.toBe(true);
        for (const input of inputs) input.dispose();
      };
      for (const each of smallest(cases, 4)) await check(each, gradcheck);
      for (const each of smallest(cases, 2)) await check(each, gradgradcheck);
    });
  }
}
