import { expect, test } from "vitest";
import { allCells } from "./cells/all.ts";
import { FAULTS } from "./faults.ts";
import { publishedPackages } from "./packed.ts";
import { trialsOf } from "./try-faults.ts";

const published = publishedPackages();

test("each fault names one cell, and packages that are published", () => {
  expect(trialsOf(FAULTS, allCells(published))).toHaveLength(FAULTS.length);
  for (const { name, packages } of FAULTS) {
    expect(packages.length, name).toBeGreaterThan(0);
    for (const one of packages) expect(published.has(one), `${name}: ${one}`).toBe(true);
  }
});

test("each kind of cell has a fault that it must find", () => {
  for (const kind of [
    "publint",
    " alone",
    "a training by",
    "typescript ",
    "page",
    "worker",
    "server",
    "size of",
    "npm create",
  ]) {
    expect(
      FAULTS.some(({ cell }) => cell.includes(kind)),
      kind,
    ).toBe(true);
  }
});
