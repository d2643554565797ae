import { type Device, DeviceError, type Tensor, tensor, zeros } from "@kindling/core";
import type { TfjsDevice } from "@kindling/core/device";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { wasm } from "./index.ts";

/** Emscripten's module: its memory can be used up from here. */
interface Module {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

let device: Device;
let backend: BackendWasm;
let module: Module;

beforeAll(async () => {
  device = await wasm();
  backend = (device as TfjsDevice).backend as BackendWasm;
  module = (backend as unknown as { wasm: Module }).wasm;
});

const works = (): Tensor =>
  tensor([1, 2])
    .to(device)
    .matmul(tensor([3, 4]).to(device));

/** What a kernel of the backend does that got no memory for itself. */
function trapping<R>(run: () => R): R {
  const trap = Object.assign(new Error("memory access out of bounds"), { name: "RuntimeError" });
  const kernel = vi.spyOn(device as TfjsDevice, "runNative").mockImplementation(() => {
    throw trap;
  });
  try {
    return run();
  } finally {
    kernel.mockRestore();
  }
}

/** What reading does where the backend's view of the memory is too short. */
async function misreading<R>(run: () => Promise<R>): Promise<R> {
  const read = vi.spyOn(backend, "read").mockRejectedValue(new RangeError("offset is out of bounds"));
  try {
    return await run();
  } finally {
    read.mockRestore();
  }
}

test("more than the addresses reach is refused, not cut to 32 bits", async () => {
  const [column, row] = [zeros([2048, 1]).to(device), zeros([1, 600_000]).to(device)];
  expect(() => column.add(row)).toThrow("add: can't allocate memory: you tried to allocate 4915200000 bytes.");
  expect(await works().item()).toBe(11);
});

describe("memory that is used up", () => {
  const taken: number[] = [];

  beforeAll(() => {
    // Only addresses: nothing is written, so the machine's memory is not touched.
    for (let size = 2 ** 31; size >= 2 ** 25; size /= 2) {
      for (;;) {
        try {
          taken.push(module._malloc(size));
        } catch {
          break;
        }
      }
    }
  });

  afterAll(() => {
    for (const address of taken) module._free(address);
  });

  test("is told by op and bytes; the device goes on, and what was made on the way is given back", async () => {
    const [column, row] = [zeros([4096, 1]).to(device), zeros([1, 4096]).to(device)];
    const before = backend.numDataIds();
    expect(() => column.add(row)).toThrow(DeviceError);
    expect(() => column.add(row)).toThrowErrorMatchingInlineSnapshot(
      `[DeviceError: add: can't allocate memory: you tried to allocate 67108864 bytes. The wasm device has at most 4096 MiB, and has taken 4096. Free what is not needed (scope(), dispose()), take smaller batches, or another device.]`,
    );
    expect(() => column.matmul(row)).toThrow("matmul: can't allocate memory: you tried to allocate 67108864 bytes.");
    expect(() => tensor(new Float32Array(2 ** 24)).to(device)).toThrow("to: can't allocate memory");
    expect(backend.numDataIds()).toBeLessThanOrEqual(before);
    expect(await works().item()).toBe(11);
    expect(() => trapping(() => column.exp())).toThrow("exp: can't allocate memory.");
    await expect(misreading(() => column.toTypedArray())).rejects.toThrow("data: can't allocate memory.");
    expect(() => zeros([4096, 4096]).to(device).add(1)).toThrow("can't allocate memory");
  });
});

test("what was given back can be had again", () => {
  const [column, row] = [zeros([1024, 1]).to(device), zeros([1, 4096]).to(device)];
  expect(column.add(row).shape).toEqual([1024, 4096]);
});

test("a kernel that traps, or a read that fails, is told as it is where there is memory", async () => {
  const x = zeros([4]).to(device);
  expect(() => trapping(() => x.exp())).toThrow("memory access out of bounds");
  await expect(misreading(() => x.add(1).toTypedArray())).rejects.toThrow("offset is out of bounds");
});
