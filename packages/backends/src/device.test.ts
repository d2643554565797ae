import { cpu, memory, scope, tensor } from "@kindling/core";
import { expect, test } from "vitest";
import * as api from "./index.ts";
import { availableDevices, device } from "./index.ts";

test("the public names", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "availability",
      "availableDevices",
      "device",
      "deviceNames",
    ]
  `);
});

test("a name gives one device, whoever asks", async () => {
  expect(await device("cpu")).toBe(cpu);
  const [first, second] = await Promise.all([device("wasm"), device("wasm")]);
  expect(first).toBe(second);
  expect(first.name).toBe("wasm");
});

test("auto takes the fastest that starts", async () => {
  expect((await device("auto")).name).toBe("onnx");
});

test("an unknown name names the known ones", async () => {
  await expect(device("cuda")).rejects.toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: device: unknown device 'cuda'. Known are auto, cpu, onnx, tensorflow, webgpu, wasm, webgl. A GPU is webgpu or webgl in a page, and webgpu or (NVIDIA's) tensorflow in Node; auto takes the fastest one that starts.]`,
  );
  await expect(device("abacus")).rejects.toThrow(/webgl\.$/);
});

test("every device is listed, with what it is or why it is not there", async () => {
  const devices = await availableDevices();
  expect(devices.map(({ name }) => name)).toEqual(["onnx", "tensorflow", "webgpu", "wasm", "webgl", "cpu"]);
  expect(devices.filter(({ name }) => ["wasm", "cpu"].includes(name))).toMatchInlineSnapshot(`
    [
      {
        "available": true,
        "detail": "WebAssembly with SIMD on the CPU, one thread",
        "facts": {
          "simd": true,
          "threads": 1,
        },
        "name": "wasm",
      },
      {
        "available": true,
        "detail": "plain JavaScript, always there",
        "facts": {
          "threads": 1,
        },
        "name": "cpu",
      },
    ]
  `);
  for (const { detail } of devices) expect(detail).not.toBe("");
});

test("tensors of two devices do not meet in one op", async () => {
  const wasm = await device("wasm");
  const here = tensor([1, 2]);
  const there = here.to(wasm);
  expect(() => here.add(there)).toThrowErrorMatchingInlineSnapshot(
    `[DeviceError: add: Expected all tensors to be on the same device, but found at least two devices, cpu and wasm! Move one of them: t.to(device), net.to(device); inputs and labels of every batch too.]`,
  );
  expect(there.mul(tensor(2)).toListSync()).toEqual([2, 4]);
});

test("a loop that scopes its steps holds no more memory at its end", async () => {
  const wasm = await device("wasm");
  const weight = tensor([
    [1, 2],
    [3, 4],
  ])
    .to(wasm)
    .requiresGrad_();
  const before = memory();
  for (let i = 0; i < 50; i++) {
    scope(() => {
      weight.matmul(weight.t()).relu().sum().backward();
    });
    weight.grad?.dispose();
    weight.grad = null;
  }
  expect(memory()).toEqual(before);
});
