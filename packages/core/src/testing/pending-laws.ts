import { expect, test } from "vitest";
import { fromBuffer, tensor } from "../api/creation.ts";
import type { Device } from "../device/device.ts";
import { moveTo } from "../graph/op.ts";
import { scope } from "../scope/scope.ts";
import type { StepKind } from "../storage/pending.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree } from "./golden.ts";

type Step = readonly [StepKind, number];

/** Smaller than every normal float. */
const TINY = 1e-40;

const apply = (x: Tensor, steps: readonly Step[]): Tensor => steps.reduce((out, [kind, value]) => out[kind](value), x);

/** Chains of steps: those of image transforms, and values where roundings, signs and limits show. */
function chains(): Step[][] {
  const normalize = (mean: number, std: number): Step[] => [
    ["div", 255],
    ["sub", mean],
    ["div", std],
  ];
  const values = [0.1, -0.1307, 255, 1 / 3, TINY, -1e30, 3e38, 0, -0, 16777217, 0.5];
  const kinds: StepKind[] = ["add", "sub", "mul", "div"];
  const made: Step[][] = [[], normalize(0.5, 0.5), normalize(0.1307, 0.3081), normalize(0.286, 0.353)];
  for (const kind of kinds) for (const value of values) made.push([[kind, value]]);
  // Longer ones, by a small generator: the same in every run.
  let state = 7;
  const next = (n: number): number => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  for (let i = 0; i < 40; i++) {
    made.push(
      Array.from({ length: 2 + next(4) }, () => [kinds[next(4)] as StepKind, values[next(values.length)] as number]),
    );
  }
  return made;
}

/** The bits of floats: NaN is NaN, but 0 is not -0. */
function bits(data: ArrayLike<number>): string[] {
  return Array.from(data, (value) => (Number.isNaN(value) ? "NaN" : Object.is(value, -0) ? "-0" : String(value)));
}

const STEPS: Readonly<Record<StepKind, (x: number, value: number) => number>> = {
  add: (x, value) => x + value,
  sub: (x, value) => x - value,
  mul: (x, value) => x * value,
  div: (x, value) => x / value,
};

/** Whether a number on the way of `byte` through the steps is denormal: smaller than 2^-126 and not 0. */
function isDenormal(byte: number, chain: readonly Step[]): boolean {
  const denormal = (x: number): boolean => x !== 0 && Math.abs(x) < 2 ** -126;
  let x = byte;
  return chain.some(([kind, value]) => {
    x = Math.fround(STEPS[kind](x, Math.fround(value)));
    return denormal(x) || denormal(Math.fround(value));
  });
}

const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Whether `found` is `wanted` but for what each of `steps` roundings of a device that rounds loosely may add, or underflow. */
function isClose(found: number, wanted: number, steps: number): boolean {
  return agree(found, wanted, { rtol: 4e-7 * steps, atol: 1e-37 });
}

/**
 * Bytes whose steps wait give on the device, bit for bit, what kernels give that compute the steps one after the other; nearly so where
 * the device's arithmetic is not exact.
 */
export function pendingLaws(device: () => Device): void {
  test("waiting steps are the kernels' results, bit for bit", async () => {
    // Many devices take denormals for 0: there, what comes from denormals is left out.
    const flushes = (await tensor([TINY], { device: device() }).add(0).toTypedArray())[0] === 0;
    for (const chain of chains()) {
      const kept = (values: string[]): string[] =>
        flushes ? values.filter((_, byte) => !isDenormal(BYTES[byte] as number, chain)) : values;
      const [waited, table, computed] = scope(() => {
        const waiting = apply(fromBuffer(BYTES, [256]).to("float32"), chain);
        const floats = moveTo(tensor(Float32Array.from(BYTES)), device());
        return [moveTo(waiting, device()).add(-0), waiting, apply(floats, chain)] as const;
      });
      if (device().exact === false) {
        const [wanted, onHost, moved] = [
          await computed.toTypedArray(),
          await table.toTypedArray(),
          await waited.toTypedArray(),
        ];
        const wrong = Array.from(BYTES).filter((byte) => {
          if (isDenormal(byte, chain)) return false;
          const [value, here] = [wanted[byte] as number, onHost[byte] as number];
          return !isClose(value, here, chain.length) || !isClose(moved[byte] as number, here, 1);
        });
        expect(wrong, JSON.stringify(chain)).toEqual([]);
      } else {
        const wanted = kept(bits(await computed.toTypedArray()));
        expect(kept(bits(await table.toTypedArray())), `read on the host: ${JSON.stringify(chain)}`).toEqual(wanted);
        expect(kept(bits(await waited.toTypedArray())), `moved: ${JSON.stringify(chain)}`).toEqual(wanted);
      }
      for (const x of [waited, table, computed]) x.dispose();
    }
  });

  test("the steps of a chain wait until it is moved, and are played there in one go", async () => {
    const images = fromBuffer(
      Uint8Array.from({ length: 12 }, (_, i) => i * 20),
      [3, 2, 2],
    );
    const batch = images.narrow(0, 1, 2).to("float32").div(255).sub(0.5).div(0.5).view(2, 4);
    const there = moveTo(batch, device());
    const wanted = Array.from({ length: 8 }, (_, i) => {
      const scaled = Math.fround(Math.fround((i + 4) * 20) / 255);
      return Math.fround(Math.fround(scaled - 0.5) / 0.5);
    });
    expect(Array.from(await there.toTypedArray())).toEqual(wanted);
    expect(there.shape).toEqual([2, 4]);
  });
}
