import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { describe, expect, test } from "vitest";
import { numel, type Shape } from "../../../base/shape.ts";
import type { Attributes, Handle, TensorSpec } from "../../../device/device.ts";
import type { AttributesOf, EachInput, InputsOf, KernelName, ReductionKernel } from "../../../device/kernels.ts";
import { TfjsDevice } from "../device.ts";
import type { TensorInfo } from "../handle.ts";
import type { TfjsInputs } from "../runner.ts";

/** A backend without overrides, whose native kernels are noted. */
class Noting extends TfjsDevice {
  readonly noted: string[] = [];

  override runTfjs(kernel: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo[] {
    this.noted.push(kernel === "Transpose" ? `Transpose ${attrs.perm}` : kernel);
    return super.runTfjs(kernel, inputs, attrs);
  }
}

function noting(): Noting {
  const backend = new MathBackendCPU();
  (backend as unknown as { firstUse: boolean }).firstUse = false;
  return new Noting("plain", backend, "cpu");
}

interface Held {
  readonly handle: Handle;
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Small whole numbers: sums of products are exact. */
function held(device: TfjsDevice, shape: Shape, seed: number): Held {
  const data = Float32Array.from({ length: numel(shape) }, (_, i) => ((i * 7 + seed * 5) % 11) - 5);
  return { handle: device.upload(data, shape, "float32"), shape, data };
}

const float = (shape: Shape): TensorSpec => ({ shape, dtype: "float32" });

function run<K extends Exclude<KernelName, "cat" | "matmul">>(
  device: TfjsDevice,
  kernel: K,
  inputs: EachInput<K, Held>,
  attrs: AttributesOf<K>,
  ...outs: TensorSpec[]
) {
  const operands = Object.fromEntries(
    Object.entries<Held>(inputs).map(([name, { handle, shape }]) => [
      name,
      { handle, shape, dtype: "float32" as const },
    ]),
  );
  return device.run(kernel, operands as InputsOf<K>, attrs, outs);
}

const read = (device: TfjsDevice, handle: Handle): number[] => Array.from(device.downloadSync?.(handle) ?? []);

interface Convolution {
  readonly x: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly strides?: readonly [number, number];
  readonly pad?: readonly [number, number];
  readonly dilations?: readonly [number, number];
  readonly groups?: number;
}

/** Every product that a convolution is the sum of: positions in the output, the image and the filter. */
function* products(c: Convolution): Generator<readonly [number, number, number]> {
  const { strides = [1, 1], pad = [0, 0], dilations = [1, 1], groups = 1 } = c;
  const [n, channels, h, w] = c.x;
  const [outputs, each, kh, kw] = c.filter;
  const [, , oh, ow] = outShape(c);
  for (let b = 0; b < n; b++)
    for (let o = 0; o < outputs; o++)
      for (let y = 0; y < oh; y++)
        for (let x = 0; x < ow; x++)
          for (let i = 0; i < each; i++)
            for (let p = 0; p < kh; p++)
              for (let q = 0; q < kw; q++) {
                const [row, column] = [
                  y * strides[0] - pad[0] + p * dilations[0],
                  x * strides[1] - pad[1] + q * dilations[1],
                ];
                if (row < 0 || row >= h || column < 0 || column >= w) continue;
                const channel = Math.floor(o / (outputs / groups)) * each + i;
                yield [
                  ((b * outputs + o) * oh + y) * ow + x,
                  ((b * channels + channel) * h + row) * w + column,
                  ((o * each + i) * kh + p) * kw + q,
                ];
              }
}

function outShape({
  x,
  filter,
  strides = [1, 1],
  pad = [0, 0],
  dilations = [1, 1],
}: Convolution): [number, number, number, number] {
  const along = (i: 0 | 1): number =>
    Math.floor(((x[i + 2] as number) + 2 * pad[i] - dilations[i] * ((filter[i + 2] as number) - 1) - 1) / strides[i]) +
    1;
  return [x[0], filter[0], along(0), along(1)];
}

const convolutions: Record<string, Convolution> = {
  plain: { x: [2, 3, 5, 6], filter: [4, 3, 3, 2] },
  "one channel": { x: [2, 1, 5, 5], filter: [3, 1, 3, 3], pad: [1, 1] },
  "1x1": { x: [2, 3, 4, 5], filter: [2, 3, 1, 1] },
  "to 1x1": { x: [2, 3, 4, 5], filter: [2, 3, 4, 5] },
  "strides with a rest, and padding": { x: [2, 3, 8, 7], filter: [4, 3, 3, 2], strides: [3, 2], pad: [1, 0] },
  dilated: { x: [2, 3, 9, 8], filter: [4, 3, 3, 2], dilations: [2, 3], pad: [2, 1] },
  "dilated, padded more than it is wide": { x: [1, 2, 5, 5], filter: [2, 2, 2, 2], dilations: [2, 2], pad: [3, 3] },
  "dilated, with strides": { x: [2, 3, 11, 10], filter: [2, 3, 3, 2], dilations: [2, 3], strides: [2, 3], pad: [1, 2] },
  groups: { x: [2, 4, 5, 6], filter: [6, 2, 3, 2], groups: 2, strides: [2, 1], pad: [1, 1] },
  "groups, dilated": { x: [1, 4, 7, 6], filter: [6, 2, 2, 2], groups: 2, dilations: [2, 3] },
  "a channel a group": { x: [2, 3, 5, 6], filter: [3, 1, 3, 2], groups: 3, pad: [1, 1] },
  "several outputs a channel": { x: [2, 3, 6, 6], filter: [6, 1, 3, 2], groups: 3, strides: [2, 2], pad: [1, 0] },
  "a channel a group, dilated": { x: [2, 3, 7, 6], filter: [6, 1, 3, 2], groups: 3, dilations: [2, 2], pad: [1, 1] },
  "a channel a group, dilated, with strides": {
    ...{ x: [1, 2, 9, 9], filter: [4, 1, 3, 3], groups: 2, dilations: [2, 2], strides: [2, 3], pad: [2, 2] },
  },
};

describe("a convolution and its two derivatives are the sums of their products", () => {
  test.each(Object.entries(convolutions))("%s", (_, convolution) => {
    const device = noting();
    const { strides = [1, 1], pad = [0, 0], dilations = [1, 1], groups = 1 } = convolution;
    const attrs = { stride: strides, padding: pad, dilation: dilations, groups };
    const [x, filter, dy] = [
      held(device, convolution.x, 1),
      held(device, convolution.filter, 2),
      held(device, outShape(convolution), 3),
    ];
    const wanted = [dy, x, filter].map(({ data }) => new Float32Array(data.length)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (const [out, image, weight] of products(convolution)) {
      (wanted[0][out] as number) += (x.data[image] as number) * (filter.data[weight] as number);
      (wanted[1][image] as number) += (dy.data[out] as number) * (filter.data[weight] as number);
      (wanted[2][weight] as number) += (dy.data[out] as number) * (x.data[image] as number);
    }
    const before = device.backend.numDataIds();
    const results = [
      ...run(device, "conv2d", { x, weight: filter }, attrs, float(dy.shape)),
      ...run(device, "conv2dInput", { grad: dy, weight: filter }, attrs, float(x.shape)),
      ...run(device, "conv2dWeight", { x, grad: dy }, attrs, float(filter.shape)),
    ];
    expect(results.map((result) => read(device, result))).toEqual(wanted.map((each) => Array.from(each)));
    for (const result of results) device.free(result);
    // What operands were converted to stays with them.
    for (const { handle } of [x, filter, dy]) device.free(handle);
    expect(device.backend.numDataIds()).toBe(before - 3);
  });
});

interface Pooling {
  readonly x: readonly [number, number, number, number];
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pad: readonly [rows: readonly [number, number], columns: readonly [number, number]];
}

/** Each window's places in the image, in row order. */
function windows({ x: [n, c, h, w], size, strides, pad }: Pooling, [, , oh, ow]: Shape): number[][] {
  const [top, left] = [pad[0]?.[0] ?? 0, pad[1]?.[0] ?? 0];
  const found: number[][] = [];
  for (let plane = 0; plane < n * c; plane++)
    for (let y = 0; y < (oh as number); y++)
      for (let x = 0; x < (ow as number); x++) {
        const places: number[] = [];
        for (let p = 0; p < size[0]; p++)
          for (let q = 0; q < size[1]; q++) {
            const [row, column] = [y * strides[0] + p - top, x * strides[1] + q - left];
            if (row >= 0 && row < h && column >= 0 && column < w) places.push((plane * h + row) * w + column);
          }
        found.push(places);
      }
  return found;
}

const NO_PAD = [
  [0, 0],
  [0, 0],
] as const;
const poolings: Record<string, Pooling> = {
  plain: { x: [2, 3, 4, 6], size: [2, 2], strides: [2, 2], pad: NO_PAD },
  "one channel": { x: [2, 1, 4, 6], size: [2, 3], strides: [2, 3], pad: NO_PAD },
  overlapping: { x: [2, 3, 5, 6], size: [3, 2], strides: [1, 1], pad: NO_PAD },
  "with a rest": { x: [2, 3, 5, 7], size: [2, 3], strides: [2, 2], pad: NO_PAD },
  padded: {
    ...{ x: [2, 3, 5, 6], size: [3, 2], strides: [2, 2] },
    pad: [
      [1, 1],
      [1, 0],
    ],
  },
};

describe("pooling takes the first largest of each window", () => {
  test.each(Object.entries(poolings))("%s", (_, pooling) => {
    const device = noting();
    const { size, strides, pad } = pooling;
    const [, , h, w] = pooling.x;
    const along = (i: 0 | 1, length: number): number =>
      Math.floor((length + (pad[i]?.[0] ?? 0) + (pad[i]?.[1] ?? 0) - size[i]) / strides[i]) + 1;
    const shape = [pooling.x[0], pooling.x[1], along(0, h), along(1, w)];
    const attrs = { kernelSize: size, stride: strides, padding: pad };
    // Many ties, and windows of negative numbers only.
    const x = held(device, pooling.x, 1);
    const ties = x.data.map((value) => Math.trunc(value / 2) - 3);
    const input = { handle: device.upload(ties, x.shape, "float32"), shape: x.shape, data: ties };
    const places = windows(pooling, shape).map((window) =>
      window.reduce((best, at) => ((ties[at] as number) > (ties[best] as number) ? at : best)),
    );
    const [largest] = run(device, "maxPool2d", { x: input }, attrs, float(shape)) as [Handle];
    expect(read(device, largest)).toEqual(places.map((at) => ties[at]));
    const [values, indices] = run(device, "maxPool2dWithIndices", { x: input }, attrs, float(shape), {
      shape,
      dtype: "int32",
    }) as [Handle, Handle];
    expect(read(device, values)).toEqual(read(device, largest));
    expect(read(device, indices)).toEqual(places.map((at) => at % (h * w)));
    const dy = held(device, shape, 3);
    const wanted = new Array(ties.length).fill(0);
    places.forEach((at, i) => {
      wanted[at] += dy.data[i];
    });
    const output = { handle: largest, shape, data: ties };
    const [slope] = run(device, "maxPool2dBackward", { grad: dy, x: input, y: output }, attrs, float(pooling.x)) as [
      Handle,
    ];
    expect(read(device, slope)).toEqual(wanted);
    for (const handle of [x.handle, input.handle, dy.handle, largest, values, indices, slope]) device.free(handle);
    expect(device.backend.numDataIds()).toBe(0);
  });

  test("NaN is larger than all", () => {
    const device = noting();
    const data = Float32Array.of(1, Number.NaN, 3, 4, 5, -Infinity, -Infinity, -Infinity);
    const handle = device.upload(data, [1, 1, 2, 4], "float32");
    const attrs = { kernelSize: [2, 2], stride: [2, 2], padding: NO_PAD } as const;
    const [out] = run(device, "maxPool2d", { x: { handle, shape: [1, 1, 2, 4], data } }, attrs, float([1, 1, 1, 2]));
    expect(read(device, out as Handle)).toEqual([Number.NaN, 4]);
  });
});

describe("images keep their order between kernels", () => {
  const x: Shape = [2, 3, 4, 5];

  /** An image that is there with the channels last only, and the same numbers row-major. */
  function imageOnly(device: Noting, seed: number): { image: Held; rows: Held } {
    const rows = held(device, x, seed);
    const filter = { ...held(device, [3, 3, 1, 1], 0), data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) };
    const identity = { ...filter, handle: device.upload(filter.data, filter.shape, "float32") };
    const attrs = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 } as const;
    const [handle] = run(device, "conv2d", { x: rows, weight: identity }, attrs, float(x)) as [Handle];
    device.noted.length = 0;
    return { image: { handle, shape: x, data: rows.data }, rows };
  }

  const shapes: Record<string, Shape> = {
    "a scalar": [],
    "one an image of each channel": [1, 3, 1, 1],
    "one of each channel": [3, 1, 1],
    "a row": [5],
    "an image of one channel": [2, 1, 4, 5],
    "one each": [2, 3, 4, 5],
    "one plane each": [1, 3, 4, 5],
  };
  test.each(Object.entries(shapes))("added to %s", (_, shape) => {
    const device = noting();
    const { image, rows } = imageOnly(device, 1);
    const other = held(device, shape, 2);
    const [sum] = run(device, "add", { a: image, b: other }, {}, float(x)) as [Handle];
    expect(device.noted.filter((kernel) => kernel.endsWith("0,3,1,2"))).toEqual([]);
    const [wanted] = run(device, "add", { a: rows, b: other }, {}, float(x)) as [Handle];
    expect(read(device, sum)).toEqual(read(device, wanted));
  });

  const reductions: [ReductionKernel, number[], boolean, Shape][] = [
    ["sum", [0, 2, 3], true, [1, 3, 1, 1]],
    ["sum", [0, 2, 3], false, [3]],
    ["sum", [2, 3], false, [2, 3]],
    ["sum", [1], false, [2, 4, 5]],
    ["sum", [1], true, [2, 1, 4, 5]],
    ["sum", [0], true, [1, 3, 4, 5]],
    ["sum", [0], false, [3, 4, 5]],
    ["sum", [3], false, [2, 3, 4]],
    ["sum", [0, 1, 2, 3], false, []],
    ["amax", [2, 3], true, [2, 3, 1, 1]],
    ["amin", [0, 3], false, [3, 4]],
  ];
  test.each(reductions)("%s over %j, dimensions kept: %j", (kernel, dims, keepdim, shape) => {
    const device = noting();
    const { image, rows } = imageOnly(device, 4);
    const attrs = { dims, keepdim };
    const [found] = run(device, kernel, { x: image }, attrs, float(shape)) as [Handle];
    const [wanted] = run(device, kernel, { x: rows }, attrs, float(shape)) as [Handle];
    expect(read(device, found)).toEqual(read(device, wanted));
  });

  test("other kernels and views of another shape get them row-major, converted once", () => {
    const device = noting();
    const { image, rows } = imageOnly(device, 5);
    const reversed = (from: Held) => run(device, "flip", { x: from }, { dims: [1] }, float(x))[0] as Handle;
    expect(read(device, reversed(image))).toEqual(read(device, reversed(rows)));
    const flat = { ...image, shape: [2, 60] };
    const [twice] = run(device, "add", { a: flat, b: flat }, {}, float([2, 60])) as [Handle];
    expect(read(device, twice)).toEqual(Array.from(rows.data, (value) => 2 * value));
    expect(read(device, image.handle)).toEqual(Array.from(rows.data));
    expect(device.noted.filter((kernel) => kernel === "Transpose 0,3,1,2").length).toBe(1);
  });
});
