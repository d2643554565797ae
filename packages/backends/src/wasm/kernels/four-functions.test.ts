import { expect, test } from "vitest";
import { add, assemble, below, constant, get, loadFour, repeat, set, storeFour, tee } from "./assembler.ts";
import { expFour } from "./exp.ts";
import type { FourFunction } from "./four-function.ts";
import { logFour } from "./log.ts";

// The types of the global come with those of the DOM, which this package does not have.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
    instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: unknown } }>;
  };
};

/** Applies a function to floats, by a module of its own. */
async function mapped(build: (first: number) => FourFunction): Promise<(values: Float32Array) => Float32Array> {
  const PAGES = 64;
  const [x, end, out] = [0, 1, 2];
  const map = build(3);
  const next = (local: number) => add(get(local), constant(16));
  const body = [
    ...map.prepare,
    repeat(
      [storeFour(get(out), 0, map.of(loadFour(get(x), 0))), set(out, next(out))],
      below(tee(x, next(x)), get(end)),
    ),
  ];
  const code = assemble([{ name: "map", params: 3, locals: [0, map.locals], body }]);
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
  const exports = instance.exports as { map(x: number, end: number, out: number): void };
  return (values) => {
    const half = PAGES * 2 ** 15;
    const size = 16 * Math.ceil(values.length / 4);
    if (size > half) throw new RangeError(`${values.length} floats do not fit.`);
    new Float32Array(memory.buffer, 0, values.length).set(values);
    exports.map(0, size, half);
    return new Float32Array(memory.buffer, half, values.length).slice();
  };
}

/** The distance in units of the last place of a float of the size of `wanted`. */
function ulps(found: number, wanted: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(wanted))), -126);
  return Math.abs(found - wanted) / 2 ** (exponent - 23);
}

/** The largest distance from `exact` over `values`. */
function worst(values: Float32Array, found: Float32Array, exact: (x: number) => number): number {
  return values.reduce((most, x, i) => Math.max(most, ulps(found[i] as number, exact(x))), 0);
}

const between = (low: number, high: number, count = 400_000): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

test("exp is within an ulp of the exact value", async () => {
  const exp = await mapped(expFour);
  for (const values of [between(-87.3365, 88.7228), between(-1, 1), between(-20, 0), between(-1e-6, 1e-6)]) {
    expect(worst(values, exp(values), Math.exp)).toBeLessThan(1);
  }
});

test("exp of the edges", async () => {
  const exp = await mapped(expFour);
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  const values = [
    NEGATIVE_INFINITY,
    POSITIVE_INFINITY,
    Number.NaN,
    0,
    -0,
    1e-40,
    -1e30,
    1e30,
    -87.4,
    88.73,
    -104,
    3e38,
  ];
  expect([...exp(Float32Array.from(values))]).toEqual([
    0,
    Infinity,
    Number.NaN,
    1,
    1,
    1,
    0,
    Infinity,
    0,
    Infinity,
    0,
    Infinity,
  ]);
});

test("a NaN of any bits stays one", async () => {
  const bits = Int32Array.of(0x7f800001, 0x7fc00000, 0x7fffffff, -1, -0x400000, -0x7fffff, 0x7fc001ff, 0x7f900080);
  for (const build of [expFour, logFour]) {
    const map = await mapped(build);
    expect([...map(new Float32Array(bits.buffer))]).toEqual([...bits].map(() => Number.NaN));
  }
});

test("log is within an ulp of the exact value", async () => {
  const log = await mapped(logFour);
  const powers = Float32Array.from(between(-149, 127.99), (x) => 2 ** x);
  for (const values of [powers, between(1, 1000), between(0.5, 2), between(0.999, 1.001)]) {
    expect(worst(values, log(values), Math.log)).toBeLessThan(1);
  }
});

test("log of the edges", async () => {
  const log = await mapped(logFour);
  const values = Float32Array.of(0, -0, -1, -1e-40, 1, Infinity, -Infinity, 1e-45);
  const wanted = [-Infinity, -Infinity, NaN, NaN, 0, Infinity, NaN, Math.fround(Math.log(values[7] as number))];
  expect([...log(values)]).toEqual(wanted);
});
