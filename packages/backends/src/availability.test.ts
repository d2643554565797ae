import { cpu, type Device } from "@kindling/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Adapter, adapters } from "./adapters.ts";
import { availability, availableDevices, deviceNames } from "./availability.ts";

const fakes: Adapter[] = [
  fake("silent", () => new Promise(() => undefined)),
  fake("broken", () => Promise.reject(new Error("no adapter was found"))),
  { ...fake("fine", async () => cpu), describe: async () => "a card", facts: () => ({ adapter: "a card", gpu: true }) },
  { ...fake("confused", async () => cpu), facts: () => Promise.reject(new Error("asked too much")) },
];

function fake(name: string, load: () => Promise<Device>): Adapter {
  return { name, load, describe: () => name };
}

beforeEach(() => {
  (adapters as Adapter[]).unshift(...fakes);
});
afterEach(() => {
  (adapters as Adapter[]).splice(0, fakes.length);
});

test("every device is told of, whatever the others do: silence, failure, a question that fails", async () => {
  expect(deviceNames().slice(0, 4)).toEqual(["silent", "broken", "fine", "confused"]);
  const found = await availableDevices({ timeout: 0.2 });
  expect(found.map(({ name, available }) => [name, available]).slice(0, 4)).toEqual([
    ["silent", false],
    ["broken", false],
    ["fine", true],
    ["confused", false],
  ]);
  expect(found.at(-1)).toMatchObject({ name: "cpu", available: true });
  expect(found.map(({ detail }) => detail).slice(0, 4)).toEqual([
    "device: the silent device did not start: no answer in 0.2 s",
    "device: the broken device did not start: no adapter was found",
    "a card",
    "asked too much",
  ]);
  expect(found[2]?.facts).toEqual({ adapter: "a card", gpu: true });
});

test("tensorflow says which library computes, and whether on a GPU", async () => {
  const tensorflow = adapters.find(({ name }) => name === "tensorflow");
  const device = { version: "2.21.0", usesGpu: false } as unknown as Device;
  expect(await tensorflow?.facts?.(device)).toEqual({ adapter: "TensorFlow 2.21.0", gpu: false });
});

test("a name that nobody knows is an answer too", async () => {
  expect(await availability("abacus")).toMatchObject({
    available: false,
    detail: expect.stringContaining("unknown device 'abacus'"),
  });
});
