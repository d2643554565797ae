import { describe, expect, test } from "vitest";
import { ALL_PACKAGES } from "../../test/changes.ts";
import type { Cell, Tier } from "../cell.ts";
import { FAULTS } from "../faults.ts";
import { optionsOf } from "../options.ts";
import { publishedPackages } from "../packed.ts";
import { allCells, selected } from "./all.ts";

const cell = (name: string, packages: string[], tier: Tier): Cell => ({
  name,
  packages,
  tier,
  run: async () => [],
});

const cells = [
  cell("@kindling/nn: README", ["@kindling/nn"], "short"),
  cell("Vite 8: a page", ["@kindling/kindling", "@kindling/nn"], "full"),
  cell("node 22: optim alone", ["@kindling/optim"], "covering"),
];

const namesOf = (...args: string[]): string[] => selected(cells, optionsOf(args)).run.map(({ name }) => name);

test("options choose the short form, what CI runs after it, all cells, those of packages, or those of a name", () => {
  expect(namesOf()).toEqual(["@kindling/nn: README"]);
  expect(namesOf("--covering")).toEqual(["node 22: optim alone"]);
  expect(namesOf("--", "--full")).toHaveLength(3);
  expect(namesOf("--full", "nn")).toEqual(["@kindling/nn: README", "Vite 8: a page"]);
  expect(namesOf("--only", "vite 8", "--only", "ALONE")).toEqual(["Vite 8: a page", "node 22: optim alone"]);
  expect(() => optionsOf(["--ful"])).toThrow("--ful");
});

test("a short cell of one package is left to CI where that has not changed, unless it is asked for", () => {
  const all = allCells(publishedPackages());
  const about = (packages: string[], ...args: string[]) =>
    selected(all, optionsOf(args), { proofs: { ops: [], devices: [], packages }, marathons: false });
  const unchanged = about([]);
  expect(unchanged.left.length).toBe(2 * (publishedPackages().size - 1));
  expect(unchanged.run.length + unchanged.left.length).toBe(selected(all, optionsOf([])).run.length);
  for (const name of [
    "@kindling/kindling: publint",
    "this node: @kindling/kindling alone",
    "typescript 5.5",
    "npm create kindling",
  ])
    expect(
      unchanged.run.some((each) => each.name.startsWith(name)),
      name,
    ).toBe(true);
  expect(
    about(["nn"])
      .run.filter(({ proves }) => proves !== undefined)
      .map(({ name }) => name),
  ).toEqual([
    expect.stringMatching(/^@kindling\/nn: publint/),
    expect.stringMatching(/^this node: @kindling\/nn alone/),
  ]);
  expect(about([ALL_PACKAGES]).left).toEqual([]);
  expect(about([], "nn").left).toEqual([]);
  expect(selected(all, optionsOf([]), { proofs: "all", marathons: true }).left).toEqual([]);
});

test("every cell has a name of its own, and every package is tried in short and alone", () => {
  const published = publishedPackages();
  const all = allCells(published);
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of published.keys()) {
    expect(names.filter((each) => each.includes(`${name} alone`)).length, name).toBeGreaterThan(5);
    expect(
      all.some((each) => each.tier === "short" && each.packages.includes(name)),
      name,
    ).toBe(true);
  }
});

/** What a cell combines: `vite 6`, `all peers installed`, `keepNames`, `a training worker on wasm`. */
const partsOf = ({ name }: Cell): string[] => name.split(/, |: /);

describe("CI, which leaves out what only combines anew, has", () => {
  const all = allCells(publishedPackages());
  const inCI = all.filter(({ tier }) => tier !== "full");

  test("each runtime, compiler, bundler, set of peers, page and template", () => {
    const covered = new Set(inCI.flatMap(partsOf));
    expect([...new Set(all.flatMap(partsOf))].filter((part) => !covered.has(part))).toEqual([]);
  });

  test("each compiler with each of its configurations", () => {
    const pairsOf = (cells: readonly Cell[]) =>
      new Set(
        cells.filter(({ name }) => name.startsWith("typescript")).map((each) => partsOf(each).slice(0, 2).join()),
      );
    expect(pairsOf(inCI)).toEqual(pairsOf(all));
  });

  test("each cell that finds a fault which stopped users once", () => {
    for (const { cell } of FAULTS)
      expect(
        inCI.some(({ name }) => name.startsWith(cell)),
        cell,
      ).toBe(true);
  });
});
