import { cpu, type Device } from "@kindling/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Adapter, adapters } from "./adapters.ts";
import { availability, availableDevices, deviceNames } from "./availability.ts";

const fakes: Adapter[] = [
  { name: "silent", load: () => new Promise(() => undefined) },
  { name: "broken", load: () => Promise.reject(new Error("no adapter was found")) },
  { name: "fine", load: async () => like({ detail: "a card", facts: { adapter: "a card", gpu: true } }) },
  { name: "reticent", load: async () => like({ detail: undefined, facts: undefined }) },
  {
    name: "confused",
    load: async () =>
      like({
        get detail(): string {
          throw new Error("asked too much");
        },
      }),
  },
];

/** The cpu, which says other things of itself. */
function like(said: object): Device {
  return Object.create(cpu, Object.getOwnPropertyDescriptors(said));
}

beforeEach(() => {
  (adapters as Adapter[]).unshift(...fakes);
});
afterEach(() => {
  (adapters as Adapter[]).splice(0, fakes.length);
});

test("every device is reported, whatever the others do: silence, failure, a question that fails", async () => {
  expect(deviceNames().slice(0, 5)).toEqual(["silent", "broken", "fine", "reticent", "confused"]);
  const found = await availableDevices({ timeout: 0.2 });
  expect(found.map(({ name, available }) => [name, available]).slice(0, 5)).toEqual([
    ["silent", false],
    ["broken", false],
    ["fine", true],
    ["reticent", true],
    ["confused", false],
  ]);
  expect(found.at(-1)).toMatchObject({ name: "cpu", available: true });
  expect(found.map(({ detail }) => detail).slice(0, 5)).toEqual([
    "device: the silent device did not start: no answer in 0.2 s",
    "device: the broken device did not start: no adapter was found",
    "a card",
    "reticent",
    "asked too much",
  ]);
  expect(found[2]?.facts).toEqual({ adapter: "a card", gpu: true });
  expect(found[3]?.facts).toEqual({});
});

test("a name that nobody knows is an answer too", async () => {
  expect(await availability("abacus")).toMatchObject({
    available: false,
    detail: expect.stringContaining("unknown device 'abacus'"),
  });
});
