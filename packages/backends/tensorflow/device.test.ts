import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { autograd, maxPool2d, ones, rand, scope, type Tensor, tensor } from "@kindling/core";
import { engine, type TensorInfo } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { availableDevices, device } from "../src/index.ts";
import type { TensorflowBackend } from "../src/tensorflow/backend.ts";
import type { TensorflowDevice } from "../src/tensorflow/index.ts";

// On the real libtensorflow; run by `pnpm test:tensorflow`.

const tensorflow = (await device("tensorflow")) as TensorflowDevice;
const { binding } = tensorflow.backend as TensorflowBackend;

test("says what it runs on, and that is the CPU unless TensorFlow names a GPU", async () => {
  const { available, detail } = (await availableDevices()).find(({ name }) => name === "tensorflow") ?? {};
  expect(available).toBe(true);
  expect(tensorflow.usesGpu).toBe(binding.isUsingGpuDevice());
  expect(detail).toMatch(
    tensorflow.usesGpu ? /^TensorFlow [\d.]+ on a GPU$/ : /^TensorFlow [\d.]+ on the CPU, \d+ thr/,
  );
});

test("tfjs knows nothing of it: no backend, no kernel, no tensor counted", async () => {
  const { numTensors } = engine().state;
  await rand([4, 4], { device: tensorflow }).exp().sum().item();
  expect(engine().backendNames()).not.toContain("tensorflow");
  expect(engine().backendName).not.toBe("tensorflow");
  expect(engine().state.numTensors).toBe(numTensors);
});

test("TensorFlow holds no more after 200 steps than after one", () => {
  const w = rand([20, 10], { device: tensorflow, requiresGrad: true });
  const step = (): void =>
    scope(() => {
      const x = rand([5, 4, 5], { device: tensorflow });
      x.flatten(1).matmul(w).relu().logSoftmax(1).argmax(1).to("float32").mean();
      x.view(5, 20).matmul(w).logSoftmax(1).square().mean().backward();
      w.grad?.dispose();
      w.grad = null;
    });
  step();
  const before = binding.getNumOfTensors();
  for (let i = 0; i < 200; i++) step();
  expect(binding.getNumOfTensors()).toBe(before);
  w.dispose();
});

test("a kernel that fails is one error and holds nothing", () => {
  // Straight to the kernel, past the checks of the op.
  const info = (values: readonly number[]): TensorInfo => {
    const dataId = tensorflow.backend.write(Int32Array.from(values), [values.length], "int32");
    return { dataId, shape: [values.length], dtype: "int32" };
  };
  const [x, indices] = [info([1, 2]), info([0, 5])];
  const fails = (): void =>
    expect(() => tensorflow.runTfjs("GatherV2", { x, indices }, { axis: 0, batchDims: 0 })).toThrow(
      /^GatherV2: TensorFlow cannot compute this: indices\[1\] = 5 is not in \[0, 2\)/,
    );
  // The number of the axis is kept.
  fails();
  const before = binding.getNumOfTensors();
  for (let i = 0; i < 3; i++) fails();
  expect(binding.getNumOfTensors()).toBe(before);
  expect(() => tensorflow.runTfjs("FFT", {}, {})).toThrow("the tensorflow device has no kernel FFT");
  tensorflow.release(x);
  tensorflow.release(indices);
});

test("slicing at ever new places does not gather constants", () => {
  const x = ones([3000, 2], { device: tensorflow });
  const before = binding.getNumOfTensors();
  for (let i = 0; i < 2500; i++) x.narrow(0, i, 1).dispose();
  expect(binding.getNumOfTensors() - before).toBeLessThan(1100);
  x.dispose();
});

test("elements that are read as another shape are made that once, and go with their tensor", async () => {
  const x = tensor([1, 2, 3, 4, 5, 6], { device: tensorflow });
  const held = binding.getNumOfTensors();
  const [view, other] = [x.view(2, 3), x.view(3, 2)];
  for (let i = 0; i < 3; i++) view.add(1).dispose();
  expect(binding.getNumOfTensors() - held).toBeLessThanOrEqual(3);
  expect(await view.sum(1).toList()).toEqual([6, 15]);
  expect(await other.sum(1).toList()).toEqual([3, 7, 11]);
  const all = binding.getNumOfTensors();
  for (const t of [x, view, other]) t.dispose();
  expect(binding.getNumOfTensors()).toBe(all - 3);
});

test("one op reads the same elements in two shapes", async () => {
  const x = tensor([1, 2, 3, 4, 5, 6], { device: tensorflow });
  const product = x.view(2, 3).matmul(x.view(3, 2));
  expect(await product.toList()).toEqual([
    [22, 28],
    [49, 64],
  ]);
});

test("of many shapes of the same elements a few are kept", async () => {
  const x = tensor(new Float32Array(720), { device: tensorflow });
  const held = binding.getNumOfTensors();
  for (let rows = 1; rows <= 720; rows++) if (720 % rows === 0) x.view(rows, -1).add(1).dispose();
  // The constants that name the shapes stay.
  expect(binding.getNumOfTensors() - held).toBeLessThan(40);
  x.dispose();
});

test("NaN counts as the largest and as the smallest, and its sign is 0", async () => {
  const x = tensor(
    [
      [1, Number.NaN, 3, Number.NaN],
      [1, 3, 3, 0],
    ],
    { device: tensorflow },
  );
  const list = (t: Tensor) => t.toList();
  expect(await list(x.argmax(1))).toEqual([1, 1]);
  expect(await list(x.argmin(1))).toEqual([1, 3]);
  expect(await list(x.sign())).toEqual([
    [1, 0, 1, 0],
    [1, 1, 1, 0],
  ]);
  expect(await list(x.argsort(1, { descending: true }))).toEqual([
    [1, 3, 2, 0],
    [1, 2, 0, 3],
  ]);
});

test("pooling: NaN wins and gets the gradient, windows of -Infinity stay so", async () => {
  const [nan, low] = [Number.NaN, Number.NEGATIVE_INFINITY];
  const x = tensor(
    [
      [
        [
          [1, nan, low, low],
          [9, 3, low, low],
          [1, 2, 5, 5],
          [7, 7, 5, 5],
        ],
      ],
    ],
    { requiresGrad: true, device: tensorflow },
  );
  const y = maxPool2d(x, 2);
  expect(await y.toList()).toEqual([
    [
      [
        [nan, low],
        [7, 5],
      ],
    ],
  ]);
  const [dx] = autograd.grad([y], [x], {
    gradOutputs: [
      tensor(
        [
          [
            [
              [1, 2],
              [3, 4],
            ],
          ],
        ],
        { device: tensorflow },
      ),
    ],
  });
  expect(await (dx as Tensor).toList()).toEqual([
    [
      [
        [0, 1, 2, 0],
        [0, 0, 0, 0],
        [0, 0, 4, 0],
        [3, 0, 0, 0],
      ],
    ],
  ]);
  x.dispose();
});

test("is quiet on stdout, and says no more on stderr than libtensorflow does before it reads its settings", async () => {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve("../src/index.ts")).href;
  const program = `import { device } from ${JSON.stringify(entry)};
    import { ones } from "@kindling/core";
    await ones([2, 2], { device: await device("tensorflow", { threads: 1 }) }).sum().item();`;
  const flags = ["--conditions=@kindling/source", "--import", import.meta.resolve("tsx"), "--input-type=module"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...flags, "--eval", program], {
    cwd: import.meta.dirname,
  });
  expect(stdout).toBe("");
  expect(stderr.replace(/^(WARNING: All log messages before.*|I0000 .*oneDNN custom operations.*)\n/gm, "")).toBe("");
});
