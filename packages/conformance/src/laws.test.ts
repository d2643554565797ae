import { availableDevices, device } from "@kindling/backends";
import { describe, expect, test } from "vitest";
import { discover, examplesOf, packageNames } from "./discover.ts";

/** Kinds whose laws are tried in the package's own tests only: what they are tried on is made there. */
const TRIED_AT_HOME: Readonly<Record<string, string>> = {
  device: "the devices are found here",
  dataset: "each data set's test makes one",
  metric: "each metric's test makes one, with the value it must give",
  sampler: "each sampler's test makes one",
};

const kinds = await discover();
const devices = (await availableDevices()).filter(({ available }) => available);

test("the laws of every kind of plug-in are found", () => {
  expect(kinds.map(({ packageName, name }) => `${packageName} ${name}`)).toMatchInlineSnapshot(`
    [
      "@kindling/core device",
      "@kindling/data dataset",
      "@kindling/data sampler",
      "@kindling/metrics metric",
      "@kindling/nn module",
      "@kindling/optim optimizer",
      "@kindling/trainer callback",
      "@kindling/transforms transform",
    ]
  `);
  expect(kinds.filter(({ name, cases }) => cases === null && TRIED_AT_HOME[name] === undefined)).toEqual([]);
  expect(packageNames.length).toBeGreaterThan(10);
});

test("cpu is among the devices, and so is every one that is installed", () => {
  expect(devices.map(({ name }) => name)).toContain("cpu");
  expect(devices.map(({ name }) => name)).toContain("wasm");
});

for (const { name } of devices) {
  const on = await device(name);
  describe(`on ${name}`, () => {
    for (const { name: kind, laws, cases } of kinds) {
      if (kind === "device") laws(name, () => on, { device: on });
      if (cases === null) continue;
      describe(`${kind}s`, () => {
        for (const [example, made] of examplesOf(cases)) laws(example, made, { device: on });
      });
    }
  });
}
