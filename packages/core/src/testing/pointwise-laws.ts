import { expect, test } from "vitest";
import { fromBuffer } from "../api/creation.ts";
import { castArray } from "../base/cast.ts";
import { isFloat, type TypedArray } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { moveTo } from "../graph/op.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree, goldenNumbers } from "./golden.ts";
import { callOp, type GoldenCase, hasDTypes, outputsOf } from "./golden-cases.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { broadcastPlaces, pointwiseCalls } from "./pointwise-calls.ts";
import { tier } from "./tier.ts";

/** How an input stands in a tensor of the shape `whole`; `i` is its number. */
const WAYS: Readonly<Record<string, (whole: Shape, i: number) => Shape>> = {
  "broadcast in turns": (whole, i) => whole.map((size, dim) => ((dim + i) % 2 === 0 ? size : 1)),
  "of one shape": (whole) => whole,
  "a row beside the whole": (whole, i) => (i % 2 === 0 ? whole : whole.slice(-2)),
  "a whole beside a column": (whole, i) =>
    i % 2 === 0 ? [...whole.slice(0, 2), ...whole.slice(2).map(() => 1)] : whole,
  "one in the middle": (whole, i) => whole.map((size, dim) => (i % 2 === 1 && dim === 2 ? 1 : size)),
};

const shapeOf = (ndim: number): Shape => Array.from({ length: ndim }, (_, i) => (i === 3 ? 3 : 2));

type Elements = ArrayLike<number>;

/** The result of a call for these inputs, and their gradients if they have any. */
async function play(
  call: GoldenCase,
  inputs: readonly { readonly data: TypedArray; readonly shape: Shape }[],
  whole: Shape,
  device: Device,
): Promise<(Elements | null)[]> {
  const results = scope(() => {
    const given = inputs.map(({ data, shape }, i) => {
      const { dtype } = call.inputs[i] as GoldenCase["inputs"][number];
      const there = moveTo(fromBuffer(data, shape, { dtype }), device);
      return isFloat(dtype) ? there.requiresGrad_() : there;
    });
    const [y] = outputsOf(callOp(call, given, device)) as [Tensor];
    expect(y.shape).toEqual(whole);
    if (y.requiresGrad) y.backward({ gradient: moveTo(fromBuffer(ramp(numel(whole)), whole), device) });
    return [y.detach(), ...given.map(({ grad }) => grad)];
  });
  const data = await Promise.all(results.map((each) => each?.toTypedArray() ?? null));
  for (const each of results) each?.dispose();
  return data;
}

function ramp(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((i * 5) % 17) / 8 - 1);
}

/**
 * Every op whose kernels are pointwise gives in many dimensions, however its operands broadcast, what it gives of one dimension with the
 * elements spread out; so do its gradients. The ops are those of the golden calls: a new one is tried without being named here.
 */
export function pointwiseLaws(device: () => Device, { name, slow }: LawsOfDevice): void {
  const calls = pointwiseCalls();
  for (const op of new Set(calls.map(({ call }) => call.op))) {
    const forms = calls.filter(({ call }) => call.op === op).slice(0, slow ? 1 : undefined);
    test(`${op} in five and eight dimensions`, tier("proofs", { op, device: name }), async () => {
      for (const { call, form } of forms) {
        if (!hasDTypes(call, device())) continue;
        const ways = call.inputs.length === 1 ? ["of one shape"] : Object.keys(WAYS).slice(0, slow ? 1 : undefined);
        for (const ndim of [5, 8]) for (const way of ways) await check(call, form, shapeOf(ndim), way);
      }
    });
  }

  async function check(call: GoldenCase, form: string, whole: Shape, way: string): Promise<void> {
    const inputs = call.inputs.map((input, i) => {
      const shape = (WAYS[way] as (typeof WAYS)[string])(whole, i);
      const numbers = goldenNumbers(input);
      const data = castArray(
        Array.from({ length: numel(shape) }, (_, at) => numbers[at % numbers.length] as number),
        input.dtype,
      );
      return { data, shape, places: broadcastPlaces(shape, whole) };
    });
    const flat = inputs.map(({ data, places }, i) => {
      const { dtype } = call.inputs[i] as GoldenCase["inputs"][number];
      const spread = castArray(
        Array.from(places, (place) => data[place] as number),
        dtype,
      );
      return { data: spread, shape: [places.length] };
    });
    const told = `${form}, ${way}, ${whole.length} dimensions`;
    const [[wanted, ...slopes], [found, ...gradients]] = [
      await play(call, flat, [numel(whole)], device()),
      await play(call, inputs, whole, device()),
    ];
    compare(`${told}: the result`, found, wanted);
    for (const [i, slope] of slopes.entries()) {
      const { data, places } = inputs[i] as (typeof inputs)[number];
      compare(`${told}: gradient ${i}`, gradients[i], slope && sums(slope, places, data.length));
    }
  }
}

/** Where an element was spread out, its gradients add up. */
function sums(slopes: Elements, places: Int32Array, count: number): Elements {
  const out = new Float64Array(count);
  places.forEach((place, i) => {
    out[place] = (out[place] as number) + (slopes[i] as number);
  });
  return out;
}

function compare(what: string, found: Elements | null | undefined, wanted: Elements | null | undefined): void {
  if (!wanted || !found) {
    expect(Boolean(found), what).toBe(Boolean(wanted));
    return;
  }
  expect(found.length, what).toBe(wanted.length);
  const wrong = Array.from(wanted).findIndex(
    (value, i) => !agree(found[i] as number, value, { rtol: 1e-4, atol: 1e-4 }),
  );
  expect(wrong, `${what}: element ${wrong} is ${found[wrong]} instead of ${wanted[wrong]}`).toBe(-1);
}
