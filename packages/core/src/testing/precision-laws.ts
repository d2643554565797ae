import { expect, test } from "vitest";
import { autograd } from "../autograd/index.ts";
import type { Device } from "../device/device.ts";
import { cumsum, full, type Tensor } from "../index.ts";
import { scope } from "../scope/scope.ts";
import { differs, type GoldenTensor, type Tolerance } from "./golden.ts";
import { callOp, describeCall, inputsOf, outputsOf, preciseCases } from "./golden-cases.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";

/** Relative: what is 0 instead of 1e-8 is wrong. */
const DIGITS: Tolerance = { rtol: 1e-5, atol: 1e-37 };

/** How far a sum may be off, however long it is. */
const OF_A_SUM = 1e-6;

type Sum = readonly [about: string, sum: (device: Device) => Tensor, exact: number];

/** A tenth is no float: each addition rounds, and to the same side for long. */
const TENTH = Math.fround(0.1);

const tenths = (shape: readonly number[], device: Device): Tensor => full(shape, 0.1, { device });

/** `n` terms. */
function sums(n: number): readonly Sum[] {
  const rows = Math.floor(n / 10);
  return [
    ["the sum of all", (device) => tenths([n], device).sum(), n * TENTH],
    ["the mean of a prime number", (device) => tenths([1_000_003], device).mean(), TENTH],
    ["sums of columns", (device) => tenths([rows, 10], device).sum(0), rows * TENTH],
    ["sums of rows", (device) => tenths([10, rows], device).sum(1), rows * TENTH],
    [
      "sums over dimensions that are apart",
      (device) => tenths([rows / 100, 10, 100], device).sum([0, 2]),
      rows * TENTH,
    ],
    ["sums of rows, kept", (device) => tenths([2, 5003], device).sum(1, { keepdim: true }), 5003 * TENTH],
    ["cumsum", (device) => cumsum(tenths([n], device), 0).narrow(0, n - 1, 1), n * TENTH],
    [
      "the gradient of a bias",
      (device) => {
        const bias = full([10], 1, { device, requiresGrad: true });
        return autograd.grad(tenths([rows, 10], device).mul(bias).sum(), bias)[0] as Tensor;
      },
      rows * TENTH,
    ],
  ];
}

/** Functions keep their digits near 0 and in their tails, and sums however long they are. */
export function precisionLaws(device: () => Device, { slow }: LawsOfDevice): void {
  for (const op of new Set(preciseCases.map((call) => call.op))) {
    test(`${op} has PyTorch's digits near 0, beside 1 and far away`, async () => {
      for (const call of preciseCases.filter((other) => other.op === op)) {
        const [output] = scope(() => outputsOf(callOp(call, inputsOf(call, device()), device())));
        expect(await differs(output, (call.outputs ?? [])[0] as GoldenTensor, DIGITS), describeCall(call)).toBeNull();
        output?.dispose();
      }
    });
  }

  test.each(sums(slow ? 100_000 : 1_000_000))("%s: a long sum keeps six digits", async (_, sum, exact) => {
    const out = scope(() => sum(device()));
    const found = await out.toTypedArray();
    out.dispose();
    expect(Math.max(...Array.from(found, (value) => Math.abs(value / exact - 1)))).toBeLessThan(OF_A_SUM);
  });
}
