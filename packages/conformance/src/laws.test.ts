import { type Availability, availableDevices, device } from "@kindling/backends";
import { opNames, watchOps } from "@kindling/core/extend";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { discover, examplesOf, packageNames, plural } from "./discover.ts";

/** Kinds whose laws are tried in the package's own tests only: what they are tried on is made there. */
const TRIED_AT_HOME: Readonly<Record<string, string>> = {
  device: "the devices are found here",
  dataset: "each data set's test makes one",
  metric: "each metric's test makes one, with the value it must give",
  sampler: "each sampler's test makes one",
};

const place = inject("place");
const kinds = await discover();
const devices = (await availableDevices()).filter(
  ({ name }) => (place.only?.includes(name) ?? true) && place.except?.includes(name) !== true,
);

test("the laws of every kind of plug-in are found", () => {
  expect(kinds.map(({ packageName, name }) => `${packageName} ${name}`)).toMatchInlineSnapshot(`
    [
      "@kindling/core device",
      "@kindling/data dataset",
      "@kindling/data sampler",
      "@kindling/metrics metric",
      "@kindling/nn module",
      "@kindling/optim optimizer",
      "@kindling/optim scheduler",
      "@kindling/recipes trajectory",
      "@kindling/trainer callback",
      "@kindling/transforms transform",
    ]
  `);
  expect(kinds.filter(({ name, cases }) => cases === null && TRIED_AT_HOME[name] === undefined)).toEqual([]);
  expect(packageNames.length).toBeGreaterThan(10);
});

test("every device that is expected here is known", () => {
  expect(devices.map(({ name }) => name)).toEqual(expect.arrayContaining([...place.expected]));
});

for (const found of devices) {
  if (found.available) await lawsOn(found);
  else absent(found);
}

/** A device that is not here is skipped, and says why; where it must be here, it fails. */
function absent({ name, detail }: Availability): void {
  test(`on ${name}`, ({ task, skip }) => {
    task.meta.laws = { place: place.name, device: name, detail };
    if (place.strict && place.expected.includes(name)) expect.fail(`${name} is absent: ${detail}`);
    skip(detail);
  });
}

async function lawsOn({ name, detail }: Availability): Promise<void> {
  const on = await device(name);
  const options = { device: on, slow: place.slow.includes(name) };
  const ops = new Set<string>();
  describe(`on ${name}`, () => {
    let stop: () => void;
    beforeAll(() => {
      stop = watchOps((op, at) => {
        if (at === on) ops.add(op);
      });
    });
    afterAll(() => stop());

    for (const { name: kind, laws, cases } of kinds) {
      if (kind === "device") laws(name, () => on, options);
      if (cases === null) continue;
      describe(plural(kind), () => {
        // On the cpu everything is tried on every example.
        for (const [example, made, again] of examplesOf(cases))
          laws(example, made, { ...options, again: again && on.host === undefined });
      });
    }

    // The last test: what the laws before it have run.
    test("every op has run here", ({ task, skip }) => {
      if (ops.size === 0) skip("only with the laws themselves");
      const missing = opNames().filter((op) => !ops.has(op));
      const things = kinds.flatMap((kind) =>
        kind.cases === null ? [] : [[plural(kind.name), Object.keys(kind.cases)]],
      );
      const tried = { ops: [...ops].sort(), ...Object.fromEntries(things) };
      task.meta.laws = { place: place.name, device: name, detail, tried, missing };
      expect(missing).toEqual([]);
    });
  });
}
