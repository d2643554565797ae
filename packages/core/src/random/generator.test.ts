import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { DType, TypedArray } from "../base/dtype.ts";
import { bernoulli, bernoulliEach } from "./bernoulli.ts";
import { exponential } from "./exponential.ts";
import { Generator, isGenerator } from "./generator.ts";
import { multinomial } from "./multinomial.ts";
import { normal, normalOf } from "./normal.ts";
import { randint } from "./randint.ts";
import { random, random63 } from "./random.ts";
import { randperm } from "./randperm.ts";
import { uniform, uniformOf } from "./uniform.ts";

interface Draw {
  draw: string;
  count: number;
  low: number;
  high: number;
  mean: number;
  std: number;
  p: number;
  lambda: number;
  dtype?: DType;
  probabilities: number[];
  weights: number[] | number[][];
  numSamples: number;
  replacement: boolean;
  data?: (number | boolean | string)[] | number[][];
  sha256?: string;
}

interface Golden {
  sequences: { seed: number | string; draws: Draw[]; state: { sha256: string; head: string; tail: string } }[];
  reseeded: { seed: number; afterOne: number[]; afterSetState: number[]; afterSeed: number[] }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("./generator.golden.json", import.meta.url), "utf8"));

const DRAWS: Record<string, (g: Generator, d: Draw) => TypedArray | bigint[]> = {
  rand: (g, d) => uniform(g, d.count),
  uniform_: (g, d) => uniformOf(g, d.count, d.low, d.high, d.dtype ?? "float32"),
  randn: (g, d) => normal(g, d.count),
  normal_: (g, d) => normalOf(g, d.count, d.mean, d.std, d.dtype ?? "float32"),
  randint: (g, d) => randint(g, d.count, d.low, d.high, d.dtype ?? "int64"),
  random_: (g, d) =>
    d.dtype === "int64" ? Array.from({ length: d.count }, () => random63(g)) : random(g, d.count, d.dtype as DType),
  randperm: (g, d) => randperm(g, d.count),
  bernoulli_: (g, d) => bernoulli(g, d.count, d.p),
  bernoulli: (g, d) => bernoulliEach(g, Float32Array.from(d.probabilities)),
  exponential_: (g, d) => exponential(g, d.count, d.lambda),
  multinomial: (g, d) => {
    const rows = Array.isArray(d.weights[0]) ? d.weights.length : 1;
    const weights = Float32Array.from(d.weights.flat());
    return multinomial(g, weights, rows, weights.length / rows, d.numSamples, d.replacement);
  },
};

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

function expectDraw(got: TypedArray | bigint[], want: Draw): void {
  if (want.data !== undefined) {
    const numbers = want.data.flat().map((value) => (typeof value === "string" ? BigInt(value) : Number(value)));
    if (want.draw === "normal_" && want.dtype !== undefined) {
      // Doubles are made with the C library's logarithm, sine and cosine, and halves rounded from floats that are.
      const most = want.dtype === "float64" ? 2 ** -50 : 2 ** -7;
      expect(got).toHaveLength(numbers.length);
      numbers.forEach((value, i) => {
        expect(Math.abs((got[i] as number) - (value as number))).toBeLessThanOrEqual(
          most * (Math.abs(value as number) + want.std),
        );
      });
      return;
    }
    expect(Array.from<number | bigint>(got)).toEqual(
      got instanceof Float32Array ? [...Float32Array.from(numbers as number[])] : numbers,
    );
  } else {
    const stored = want.draw === "randint" && got instanceof Float64Array ? Int32Array.from(got) : got;
    expect(ArrayBuffer.isView(stored) && sha256(new Uint8Array(stored.buffer))).toBe(want.sha256);
  }
}

/** The normal left over is a double of the C library's sine and logarithm, which are not JavaScript's in the last bits. */
function expectSameNormal(bytes: Uint8Array, tail: Uint8Array): void {
  const double = (of: Uint8Array) => of.subarray(of.length - 32, of.length - 24);
  const [got, want] = [double(bytes), double(tail)].map((of) => Buffer.from(of).readDoubleLE()) as [number, number];
  expect(Math.abs(got - want)).toBeLessThanOrEqual(2 ** -51 * Math.abs(want));
  double(bytes).set(double(tail));
}

describe("draws what PyTorch draws, bit for bit, and ends in the same state", () => {
  for (const [index, { seed, draws, state }] of golden.sequences.entries()) {
    const kinds = [...new Set(draws.map(({ draw }) => draw))].join(" ");
    test(`sequence ${index}, seed ${seed}: ${kinds}`, () => {
      const generator = new Generator(BigInt(seed));
      for (const draw of draws) expectDraw((DRAWS[draw.draw] as (typeof DRAWS)[string])(generator, draw), draw);
      const bytes = generator.getState();
      const tail = Buffer.from(state.tail, "hex");
      expectSameNormal(bytes, tail);
      expect(hex(bytes.subarray(0, 48))).toBe(state.head);
      expect(hex(bytes.subarray(-64))).toBe(state.tail);
      expect(sha256(bytes)).toBe(state.sha256);
    });
  }

  test("a new seed forgets the normal left over, a state brings it back", () => {
    for (const { seed, afterOne, afterSetState, afterSeed } of golden.reseeded) {
      const three = () => [...normal(generator, 3)];
      const floats = (values: number[]) => [...Float32Array.from(values)];
      const generator = new Generator(seed);
      normal(generator, 1);
      const state = generator.getState();
      expect(three()).toEqual(floats(afterOne));
      generator.setState(state);
      expect(three()).toEqual(floats(afterSetState));
      generator.manualSeed(seed);
      expect(three()).toEqual(floats(afterSeed));
    }
  });
});

describe("Generator", () => {
  test("starts at PyTorch's default seed", () => {
    expect(new Generator().initialSeed()).toBe(67280421310721n);
  });

  test("single draws are made of the same words as bulk ones", () => {
    const words = new Generator(3).fill32(new Uint32Array(6));
    const generator = new Generator(3);
    expect(generator.random32()).toBe(words[0]);
    expect(generator.random64()).toBe((BigInt(words[1] as number) << 32n) | BigInt(words[2] as number));
    expect(generator.random24()).toBe(((words[3] as number) & 0xffffff) / 2 ** 24);
    expect(generator.random53()).toBe((((words[4] as number) & 0x1fffff) * 2 ** 32 + (words[5] as number)) / 2 ** 53);
  });

  test("a clone draws the same from here on, apart from its origin", () => {
    const generator = new Generator(1);
    normal(generator, 3);
    const clone = generator.clone();
    expect(normal(clone, 5)).toEqual(normal(generator, 5));
    clone.random32();
    expect(clone.random32()).not.toBe(generator.random32());
  });

  test("seed() starts anywhere", () => {
    const generator = new Generator(1);
    const seed = generator.seed();
    expect(generator.initialSeed()).toBe(seed);
    expect(generator.seed()).not.toBe(seed);
    expect(generator.random32()).toBe(new Generator(generator.initialSeed()).random32());
  });

  test("is known by its brand", () => {
    expect(isGenerator(new Generator())).toBe(true);
    expect(isGenerator({ random32: () => 0 })).toBe(false);
    expect(isGenerator(null)).toBe(false);
  });
});
