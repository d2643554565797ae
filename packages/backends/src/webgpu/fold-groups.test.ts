import {
  conv2d,
  convTranspose2d,
  cpu,
  type Device,
  linear,
  manualSeed,
  randn,
  scope,
  type Tensor,
} from "@kindling/core";
import { tier } from "@kindling/core/testing";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foldGroups } from "./fold-groups.ts";
import { startWebgpu } from "./start-webgpu.ts";
import type { WebgpuDevice } from "./webgpu-device.ts";

const present = await startWebgpu().then(
  () => true,
  () => false,
);

interface Case {
  readonly shapes: readonly (readonly number[])[];
  of(...inputs: Tensor[]): Tensor;
}

/** The backend has several programs for products and for convolutions; it chooses by the shapes. */
const CASES: Readonly<Record<string, Case>> = {
  "products of few numbers": {
    shapes: [
      [9, 1, 3],
      [9, 3, 2],
    ],
    of: (a, b) => a.matmul(b),
  },
  "products of some numbers": {
    shapes: [
      [9, 20, 3],
      [9, 3, 20],
    ],
    of: (a, b) => a.matmul(b),
  },
  "products of a transposed matrix": {
    shapes: [
      [5, 40, 6],
      [5, 70, 6],
    ],
    of: (a, b) => a.matmul(b.transpose(1, 2)),
  },
  "products of many rows": { shapes: [[300, 40], [70, 40], [70]], of: (x, w, b) => linear(x, w, b) },
  convolutions: {
    shapes: [
      [5, 3, 9, 8],
      [8, 3, 3, 3],
    ],
    of: (x, w) => conv2d(x, w, null, { padding: 1 }),
  },
  "convolutions of points": {
    shapes: [
      [7, 4, 5, 5],
      [4, 4, 1, 1],
    ],
    of: (x, w) => conv2d(x, w, null),
  },
  "convolutions of each channel": {
    shapes: [
      [6, 4, 9, 8],
      [4, 1, 3, 3],
    ],
    of: (x, w) => conv2d(x, w, null, { groups: 4 }),
  },
  "transposed convolutions": {
    shapes: [
      [5, 4, 6, 5],
      [4, 8, 2, 2],
    ],
    of: (x, w) => convTranspose2d(x, w, null, { stride: 2 }),
  },
  transposition: { shapes: [[70, 50]], of: (x) => x.t().mul(2) },
};

/** The result and the gradients. */
async function play({ shapes, of }: Case, on: Device): Promise<Float32Array[]> {
  manualSeed(1);
  const inputs = shapes.map((shape) => randn(shape));
  const found = scope(() => {
    const leaves = inputs.map((input) => input.to(on).detach().requiresGrad_());
    const out = of(...leaves);
    out.square().sum().backward();
    return [out.detach(), ...leaves.map(({ grad }) => grad as Tensor)];
  });
  return Promise.all(found.map(async (each) => Float32Array.from(await each.toTypedArray())));
}

describe.skipIf(!present)("where groups of threads are more than a dimension may have", () => {
  let few: WebgpuDevice;
  /** The names under which the shaders were compiled. */
  let compiled: () => string[];
  beforeAll(async () => {
    few = await startWebgpu();
    const backend = few.backend as WebGPUBackend;
    // As on a GPU whose dimensions have two groups.
    foldGroups(backend, 2);
    const { pipelineCache } = backend as unknown as { readonly pipelineCache: object };
    compiled = () => Object.keys(pipelineCache);
  });
  afterAll(() => (few.backend as WebGPUBackend).device.destroy());

  test.each(Object.entries(CASES))("%s: as elsewhere", async (_, each) => {
    const [wanted, found] = [await play(each, cpu), await play(each, few)];
    for (const [i, numbers] of wanted.entries()) {
      const wrong = numbers.findIndex(
        (value, k) => !(Math.abs((found[i]?.[k] as number) - value) < 1e-3 * (1 + Math.abs(value))),
      );
      expect(wrong, `result ${i} at ${wrong}: ${found[i]?.[wrong]} instead of ${numbers[wrong]}`).toBe(-1);
    }
  });

  test("several programs ran so", () => {
    const folded = compiled().filter((key) => key.includes("_folded_"));
    const kinds = new Set(folded.map((key) => /^[A-Za-z0-9]+/.exec(key)?.[0]));
    expect([...kinds].length, [...kinds].join()).toBeGreaterThanOrEqual(3);
  });

  test("65,537 products are computed", tier("proofs", { device: "webgpu" }), async () => {
    const device = await startWebgpu();
    const rows = scope(() => {
      const a = randn([65_537, 1, 2]);
      return [a, a.to(device).matmul(a.transpose(1, 2).to(device))] as const;
    });
    const [given, found] = await Promise.all(rows.map((each) => each.toTypedArray()));
    const wrong = Array.from({ length: 65_537 }).findIndex((_, i) => {
      const [x, y] = [given?.[2 * i] as number, given?.[2 * i + 1] as number];
      return Math.abs((found?.[i] as number) - (x * x + y * y)) > 1e-4 * (1 + x * x + y * y);
    });
    expect(wrong).toBe(-1);
    (device.backend as WebGPUBackend).device.destroy();
  });
});
