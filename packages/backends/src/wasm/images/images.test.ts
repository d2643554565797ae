import {
  autograd,
  type ConvOptions,
  conv2d,
  type Device,
  manualSeed,
  maxPool2d,
  randn,
  type Tensor,
} from "@kindling/core";
import { TfjsDevice } from "@kindling/core/device";
import { beforeAll, describe, expect, test } from "vitest";
import { wasm } from "../index.ts";
import { overrides } from "../overrides/index.ts";

let started: TfjsDevice;

beforeAll(async () => {
  started = (await wasm()) as TfjsDevice;
});

/** With our kernels, and as it is where they cannot run. */
const devices: [string, () => Device][] = [
  ["with our kernels", () => started],
  ["without", () => new TfjsDevice("wasm", started.backend, "wasm", { overrides })],
];

interface Case {
  readonly image: readonly number[];
  readonly weight: readonly number[];
  readonly options?: ConvOptions;
}

// Wide enough for panels of columns that lie side by side, ones that do not, and ends that fill no panel; taller than wide and the reverse.
const cases: readonly Case[] = [
  { image: [2, 3, 12, 18], weight: [5, 3, 3, 3] },
  { image: [1, 2, 9, 16], weight: [9, 2, 2, 1] },
  { image: [1, 1, 4, 3], weight: [33, 1, 2, 2] },
  { image: [3, 4, 10, 11], weight: [6, 4, 3, 5], options: { padding: [1, 2] } },
  { image: [2, 3, 17, 13], weight: [4, 3, 3, 3], options: { stride: 2, padding: 1 } },
  { image: [2, 2, 16, 14], weight: [3, 2, 3, 2], options: { stride: [3, 1], dilation: [1, 3] } },
  { image: [2, 6, 9, 9], weight: [4, 3, 3, 3], options: { groups: 2, padding: 1 } },
  { image: [1, 8, 10, 10], weight: [16, 1, 5, 5], options: { groups: 8, padding: 2 } },
  { image: [4, 70, 5, 5], weight: [3, 70, 1, 1] },
];

function close(found: Tensor, wanted: Tensor): void {
  expect(found.shape).toEqual(wanted.shape);
  const [a, b] = [found.toTypedArraySync(), wanted.toTypedArraySync()];
  const off = a.findIndex(
    (value, i) => Math.abs(value - (b[i] as number)) > 1e-4 * Math.max(1, Math.abs(b[i] as number)),
  );
  if (off >= 0) expect([off, a[off]]).toEqual([off, b[off]]);
}

describe.each(devices)("convolutions and their gradients are the cpu's, %s", (_, make) => {
  test.each(cases)("$image with $weight, $options", ({ image, weight, options = {} }) => {
    manualSeed(1);
    const [x, w] = [randn(image), randn(weight)];
    const factor = randn(conv2d(x, w, null, options).shape);
    const on = (where: (t: Tensor) => Tensor): Tensor[] => {
      const inputs = [where(x).detach().requiresGrad_(), where(w).detach().requiresGrad_()] as const;
      const y = conv2d(inputs[0], inputs[1], null, options);
      const [dx, dw] = autograd.grad(y.mul(where(factor)).sum(), [...inputs]);
      return [y, dx as Tensor, dw as Tensor];
    };
    const wanted = on((t) => t);
    const device = make();
    on((t) => t.to(device)).forEach((found, i) => {
      close(found, wanted[i] as Tensor);
    });
  });
});

test("a max pooling of negatives sends its gradient to the largest", () => {
  manualSeed(2);
  const x = randn([2, 3, 7, 8]).sub(10);
  const gradient = (input: Tensor): Tensor => {
    const leaf = input.detach().requiresGrad_();
    maxPool2d(leaf, 3, { stride: 2, padding: 1 }).square().sum().backward();
    return leaf.grad as Tensor;
  };
  close(gradient(x.to(started)), gradient(x));
});
