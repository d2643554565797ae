import { cpu, type Device, DeviceError, setWarningSink } from "@kindling/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AbsentDeviceError } from "./absent-device.ts";
import { type Adapter, adapters } from "./adapters.ts";
import { device } from "./device.ts";

let warnings: string[];
let restore: () => void;
let others: Adapter[];

beforeEach(() => {
  warnings = [];
  restore = setWarningSink((message) => warnings.push(message));
  others = (adapters as Adapter[]).splice(0);
});

afterEach(() => {
  restore();
  (adapters as Adapter[]).splice(0, Number.POSITIVE_INFINITY, ...others);
  vi.useRealTimers();
});

function offer(name: string, load: () => Promise<Device>): void {
  (adapters as Adapter[]).push({ name, load });
}

/** The cpu under another name, with its own way to read results. */
function like(name: string, download: Device["download"] = (handle) => cpu.download(handle), isSlow = false): Device {
  return new Proxy(cpu, {
    get(target, key) {
      if (key === "name") return name;
      if (key === "detail") return `the ${name}`;
      if (key === "isSlow") return isSlow;
      if (key === "downloadSync" || key === "host") return undefined;
      if (key === "download") return download;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

test("takes the first that starts and computes rightly", async () => {
  const fine = like("fine");
  offer("fine", async () => fine);
  offer("later", async () => like("later"));
  expect(await device("auto")).toBe(fine);
  expect(warnings).toEqual([]);
});

test("passes over what fails, computes wrongly or is slow, and gives each reason once", async () => {
  offer("broken", () => Promise.reject(new Error("libstdc++.so.6: version not found")));
  offer("wrong", async () => like("wrong", async () => Float32Array.of(7)));
  offer("failing", async () => like("failing", () => Promise.reject(new DeviceError("data", "the device was lost"))));
  offer("slow", async () => like("slow", undefined, true));
  expect(await device("auto")).toBe(cpu);
  expect(await device("auto")).toBe(cpu);
  expect(warnings).toEqual([
    'device("auto") goes on without broken. device: the broken device did not start: libstdc++.so.6: version not found',
    'device("auto") goes on without wrong. device: the wrong device computes wrongly: 7 instead of 29',
    'device("auto") goes on without failing. data: the device was lost',
    'device("auto") goes on without slow. device: the slow device is slow here: the slow',
  ]);
});

describe("a device that was built for a GPU", () => {
  /** How often it was asked to start. */
  let started: number;
  function offerBuiltForGpu(name: string, load: () => Promise<Device>): void {
    started = 0;
    const counted = (): Promise<Device> => {
      started++;
      return load();
    };
    (adapters as Adapter[]).push({ name, load: counted, isBuiltForGpu: async () => true });
  }
  const computingOn = (gpu: boolean, name: string): Device =>
    new Proxy(like(name), {
      get: (device, key) => (key === "facts" ? { gpu } : Reflect.get(device, key)),
    });

  test("comes before all others where it computes on one", async () => {
    offer("quick", async () => like("quick"));
    offerBuiltForGpu("cuda-found", async () => computingOn(true, "cuda-found"));
    expect((await device("auto")).name).toBe("cuda-found");
    expect(warnings).toEqual([]);
  });

  test("keeps its place where it found none", async () => {
    offer("broken-too", () => Promise.reject(new Error("no such library")));
    offerBuiltForGpu("cuda-sought", async () => computingOn(false, "cuda-sought"));
    offer("after", async () => like("after"));
    expect((await device("auto")).name).toBe("cuda-sought");
    (adapters as Adapter[]).splice(0, 1, { name: "before", load: async () => like("before") });
    expect((await device("auto")).name).toBe("before");
    expect(started).toBe(1);
  });

  test("is tried once where it does not start", async () => {
    offer("quiet", async () => like("quiet"));
    offerBuiltForGpu("cuda-broken", () => Promise.reject(new Error("libcudart.so.12 is not there")));
    (adapters as Adapter[]).splice(0, 1);
    expect(await device("auto")).toBe(cpu);
    expect(started).toBe(1);
    expect(warnings).toEqual([
      'device("auto") goes on without cuda-broken. device: the cuda-broken device did not start: libcudart.so.12 is not there',
    ]);
  });
});

test("does not wait for one that never answers, in its start or in its first computation", async () => {
  vi.useFakeTimers();
  const forever = new Promise<never>(() => {});
  offer("silent", () => forever);
  offer("stuck", async () => like("stuck", () => forever));
  const found = device("auto");
  await vi.advanceTimersByTimeAsync(20_000);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await found).toBe(cpu);
  expect(warnings).toEqual([
    'device("auto") goes on without silent. device: the silent device did not start: no answer in 20 s',
    'device("auto") goes on without stuck. device: the stuck device did not start: no answer in 20 s',
  ]);
});

test("says nothing of what is not installed, or not made for this platform", async () => {
  offer("absent", () => Promise.reject(new AbsentDeviceError("device", "the absent device needs a package")));
  expect(await device("auto")).toBe(cpu);
  expect(warnings).toEqual([]);
});
