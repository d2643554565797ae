import type { Cell } from "../cell.ts";
import type { Options } from "../options.ts";
import type { Published } from "../packed.ts";
import { bundleCells } from "./bundles.ts";
import { packageCells } from "./packages.ts";
import { runtimeCells } from "./runtimes.ts";
import { sizeCells } from "./sizes.ts";
import { templateCells } from "./templates.ts";
import { typeCells } from "./types.ts";

export function allCells(published: ReadonlyMap<string, Published>): Cell[] {
  return [
    ...packageCells(published.values()),
    ...runtimeCells(published.values()),
    ...typeCells(published),
    ...bundleCells(),
    ...sizeCells(),
    ...templateCells(),
  ];
}

/** The cells that `options` ask for: the short form, those of CI after it, all, or those of the given packages or names. */
export function selected(cells: readonly Cell[], { packages, covering, full, only }: Options): Cell[] {
  const tier = covering ? "covering" : "short";
  return cells
    .filter((cell) => packages.length === 0 || packages.some((name) => cell.packages.includes(name)))
    .filter((cell) =>
      only.length > 0 ? only.some((words) => contains(cell.name, words)) : full || cell.tier === tier,
    );
}

const contains = (name: string, words: string): boolean => name.toLowerCase().includes(words.toLowerCase());
