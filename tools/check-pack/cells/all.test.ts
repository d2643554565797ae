import { expect, test } from "vitest";
import type { Cell } from "../cell.ts";
import { optionsOf } from "../options.ts";
import { publishedPackages } from "../packed.ts";
import { allCells, selected } from "./all.ts";

const cell = (name: string, packages: string[], short: boolean): Cell => ({
  name,
  packages,
  short,
  run: async () => [],
});

const cells = [
  cell("@kindling/nn: README", ["@kindling/nn"], true),
  cell("Vite 8: a page", ["@kindling/kindling", "@kindling/nn"], false),
  cell("node 22: optim alone", ["@kindling/optim"], false),
];

const namesOf = (...args: string[]): string[] => selected(cells, optionsOf(args)).map(({ name }) => name);

test("options choose the short form, all cells, those of packages, or those of a name", () => {
  expect(namesOf()).toEqual(["@kindling/nn: README"]);
  expect(namesOf("--", "--full")).toHaveLength(3);
  expect(namesOf("--full", "nn")).toEqual(["@kindling/nn: README", "Vite 8: a page"]);
  expect(namesOf("--only", "vite 8", "--only", "ALONE")).toEqual(["Vite 8: a page", "node 22: optim alone"]);
  expect(() => optionsOf(["--ful"])).toThrow("--ful");
});

test("every cell has a name of its own, and every package is tried in short and alone", () => {
  const published = publishedPackages();
  const all = allCells(published);
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of published.keys()) {
    expect(names.filter((each) => each.includes(`${name} alone`)).length, name).toBeGreaterThan(5);
    expect(
      all.some((each) => each.short && each.packages.includes(name)),
      name,
    ).toBe(true);
  }
});
