import { cpu, type Device } from "@kindling/core";
import { type Numbers, probe } from "./probe.ts";
import { REFERENCE } from "./reference.ts";

/** Whether a device computes gradients as others do. */
export interface SelfTest {
  readonly ok: boolean;
  /** Whose numbers it was held against: `cpu`; for the cpu itself, what PyTorch gives. */
  readonly against: "cpu" | "PyTorch";
  /** How many numbers were compared. */
  readonly compared: number;
  /** The largest difference, as a share of the largest number of the same tensor; null where there was nothing to compare. */
  readonly largestDifference: number | null;
  /** What is wrong, in words; null when nothing is. */
  readonly problem: string | null;
}

/** As a share of the largest number of a tensor: single precision leaves about a hundredth of that, half precision ten times that. */
const TOLERANCE = 1e-4;

/**
 * Computes loss and gradients of a small convolutional network on the device and compares them with those of `cpu`. Never
 * throws: what the device throws is the answer.
 */
export async function selfTest(device: Device): Promise<SelfTest> {
  const against = device === cpu ? "PyTorch" : "cpu";
  try {
    const expected = device === cpu ? REFERENCE : await probe(cpu);
    return { against, ...compare(device.name, against, await probe(device), expected) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ok: false, against, compared: 0, largestDifference: null, problem };
  }
}

function compare(name: string, against: string, found: Numbers, expected: Numbers): Omit<SelfTest, "against"> {
  let worst = { share: -1, words: "" };
  let compared = 0;
  for (const [tensor, wanted] of expected) {
    const got = found.get(tensor) ?? new Float32Array();
    const what = tensor === "loss" ? "the loss" : `the gradient of ${tensor}`;
    if (got.length !== wanted.length)
      return broken(compared, `${what} has ${got.length} elements, not ${wanted.length}`);
    const odd = got.find((value) => !Number.isFinite(value));
    if (odd !== undefined) return broken(compared, `${what} is ${odd} somewhere`);
    if (got.every((value) => value === 0)) return broken(compared, `${what} is all zeros`);
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [i, value] of got.entries()) {
      const share = Math.abs(value - (wanted[i] as number)) / largest;
      const words = `${what} is ${digits(value)} on ${name}, and ${digits(wanted[i] as number)} on ${against}`;
      if (share > worst.share) worst = { share, words: `${words} (element ${i})` };
    }
    compared += got.length;
  }
  const ok = worst.share <= TOLERANCE;
  return { ok, compared, largestDifference: worst.share, problem: ok ? null : worst.words };
}

function broken(compared: number, problem: string): Omit<SelfTest, "against"> {
  return { ok: false, compared, largestDifference: null, problem };
}

function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}
