import { conv2d, cpu, type Device, manualSeed, maxPool2d, rand, type Tensor } from "@kindling/core";
import { expect, test } from "vitest";
import { OnnxDevice } from "./device.ts";
import { loadRuntime } from "./runtime/load-runtime.node.ts";

const device = new OnnxDevice(loadRuntime(1));

/** What `compute` gives on a device, and the gradients of its inputs there. */
function onBoth(compute: (...inputs: Tensor[]) => Tensor, ...shapes: number[][]): [number[][], number[][]] {
  const on = (target: Device): number[][] => {
    manualSeed(2);
    const leaves = shapes.map((shape) => rand(shape).sub(0.5).to(target).requiresGrad_());
    const out = compute(...leaves);
    out.mul(out.detach()).sum().backward();
    return [out, ...leaves.map((leaf) => leaf.grad as Tensor)].map((x) => Array.from(x.toTypedArraySync()));
  };
  return [on(cpu), on(device)];
}

function expectClose([wanted, found]: [number[][], number[][]]): void {
  wanted.forEach((numbers, i) => {
    const far = numbers.filter((x, j) => Math.abs(x - (found[i]?.[j] as number)) > 1e-4 + 1e-4 * Math.abs(x));
    expect([found[i]?.length, far]).toEqual([numbers.length, []]);
  });
}

// The laws' images have a few channels; from eight on the weight's gradient is computed in another way.
test.each([
  ["plain", {}],
  ["padded", { padding: [1, 2] }],
  ["strided", { stride: [2, 1] }],
  ["dilated", { dilation: [1, 2], padding: 1 }],
  ["in groups", { groups: 2 }],
  ["all at once", { stride: 2, padding: 2, dilation: 2, groups: 2 }],
] as const)("a convolution of many channels, %s, has the cpu's gradients", (_, options) => {
  const groups = "groups" in options ? options.groups : 1;
  expectClose(onBoth((x, w) => conv2d(x, w, null, options), [3, 16, 9, 8], [6, 16 / groups, 3, 2]));
});

test("a bias that is added to a convolution is added once, whoever else reads that", () => {
  expectClose(onBoth((x, w, b) => conv2d(x, w, b, { padding: 1 }).relu(), [2, 3, 5, 5], [4, 3, 3, 3], [4]));
  expectClose(
    onBoth(
      (x, w, b) => {
        const plain = conv2d(x, w);
        return plain.add(b.view(1, -1, 1, 1)).mul(plain);
      },
      [2, 3, 5, 5],
      [4, 3, 3, 3],
      [4],
    ),
  );
});

test("the same convolution twice in one graph, with its bias and without", () => {
  expectClose(
    onBoth(
      (x, w, b) => {
        const [first, second] = [conv2d(x, w, b), conv2d(x, w, b)];
        return first
          .add(second)
          .mul(conv2d(x, w))
          .sub(conv2d(x, w, b.detach().mul(2)));
      },
      [2, 3, 5, 5],
      [4, 3, 3, 3],
      [4],
    ),
  );
  // Two results of one node, and the bias comes afterwards.
  expectClose(
    onBoth(
      (x, w, b) => {
        const [first, second] = [conv2d(x, w), conv2d(x, w)];
        return first.add(b.view(1, -1, 1, 1)).mul(second);
      },
      [2, 3, 5, 5],
      [4, 3, 3, 3],
      [4],
    ),
  );
});

test.each([
  ["apart", 2, {}],
  ["overlapping", 3, { stride: 2, padding: 1 }],
  ["beyond the image", 2, { ceilMode: true }],
] as const)("max pooling, windows %s, has the cpu's gradients, with equals and NaN too", async (_, size, options) => {
  expectClose(onBoth((x) => maxPool2d(x.relu(), size, options), [2, 3, 7, 7]));
  const image = rand([1, 1, 6, 6]);
  const broken = image.gt(0.9).to("float32").mul(Number.NaN).add(image);
  const wanted = maxPool2d(broken, size, options).toTypedArraySync();
  expect(await maxPool2d(broken.to(device), size, options).toTypedArray()).toEqual(wanted);
});
