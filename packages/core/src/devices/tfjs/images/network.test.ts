import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { expect, test } from "vitest";
import { fromBuffer } from "../../../api/creation.ts";
import { grad } from "../../../autograd/grad.ts";
import type { Attributes, Device } from "../../../device/device.ts";
import { cpu } from "../../cpu/cpu.ts";
import { overrides } from "../../cpu/overrides.ts";
import "../../../index.ts";
import { numel, type Shape } from "../../../base/shape.ts";
import { moveTo } from "../../../graph/op.ts";
import { conv2d } from "../../../ops/convolution/conv.ts";
import { maxPool2d } from "../../../ops/pooling/max-pool.ts";
import { scope } from "../../../scope/scope.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { agree } from "../../../testing/golden.ts";
import { TfjsDevice } from "../device.ts";
import type { TensorInfo } from "../handle.ts";
import type { TfjsInputs } from "../runner.ts";
import { imageKernels } from "./image-kernels.ts";

/** A device that computes images as every tfjs backend does, and notes how they are turned. */
class Noting extends TfjsDevice {
  readonly turned: string[] = [];

  override runTfjs(kernel: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo[] {
    if (kernel === "Transpose") this.turned.push(String(attrs.perm));
    return super.runTfjs(kernel, inputs, attrs);
  }
}

function noting(): Noting {
  const backend = new MathBackendCPU();
  (backend as unknown as { firstUse: boolean }).firstUse = false;
  const others = Object.fromEntries(
    Object.entries(overrides).filter(([kernel]) => !Object.hasOwn(imageKernels, kernel)),
  );
  return new Noting("noting", backend, "cpu", { overrides: others });
}

function numbers(shape: Shape, seed: number, device: Device): Tensor {
  const data = Float32Array.from({ length: numel(shape) }, (_, i) => Math.sin(i * 1.3 + seed));
  return moveTo(fromBuffer(data, shape), device);
}

/** The loss of a network of two convolutions, and the gradients of all it is made of. */
function step(device: Device): Tensor[] {
  const x = numbers([2, 3, 8, 8], 0, device);
  const shapes = [[4, 3, 3, 3], [4], [5, 4, 3, 3], [5], [2, 20]];
  const [w1, b1, w2, b2, w3] = shapes.map((shape, i) => numbers(shape, i + 1, device).requiresGrad_()) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const first = conv2d(x, w1, b1).relu();
  const pooled = maxPool2d(conv2d(first, w2, b2).relu(), 2);
  const loss = pooled.flatten(1).matmul(w3.t()).square().mean();
  return [loss, ...grad(loss, [w1, b1, w2, b2, w3]).map((each) => each as Tensor)];
}

test("a step of a network of convolutions turns its images twice forwards and once backwards", async () => {
  const device = noting();
  const [found, wanted] = [scope(() => step(device)), scope(() => step(cpu))];
  const images = device.turned.filter((perm) => perm === "0,2,3,1" || perm === "0,3,1,2");
  // Forwards: the input, and what is flattened. Backwards: the gradient of that; no image needs a gradient at the input.
  expect(images).toEqual(["0,2,3,1", "0,3,1,2", "0,2,3,1"]);
  // Filters are small: there for both directions, and the gradients back.
  expect(device.turned.filter((perm) => perm === "2,3,1,0").length).toBe(2);
  expect(device.turned.filter((perm) => perm === "3,2,0,1").length).toBe(2);
  for (const [i, tensor] of found.entries()) {
    const values = await tensor.toTypedArray();
    const others = await (wanted[i] as Tensor).toTypedArray();
    const close = (value: number, k: number): boolean => agree(value, others[k] as number, { rtol: 1e-4, atol: 1e-5 });
    expect(Array.from(values, close)).not.toContain(false);
  }
});
