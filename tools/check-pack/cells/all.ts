import { type AskedTiers, isAsked } from "../../../packages/core/src/testing/asked-tiers.ts";
import { ALL_PACKAGES } from "../../test/changes.ts";
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

/**
 * The cells that `options` ask for: the short form, those of CI after it, all, or those of the given packages or names. `left` are those of the
 * short form whose package has not changed, where `asked` leaves these to CI.
 */
export function selected(
  cells: readonly Cell[],
  { packages, covering, full, only }: Options,
  asked?: AskedTiers,
): { readonly run: Cell[]; readonly left: Cell[] } {
  const tier = covering ? "covering" : "short";
  const wanted = cells
    .filter((cell) => packages.length === 0 || packages.some((name) => cell.packages.includes(name)))
    .filter((cell) =>
      only.length > 0 ? only.some((words) => contains(cell.name, words)) : full || cell.tier === tier,
    );
  // Whoever names cells or packages wants these.
  const isNamed = packages.length > 0 || only.length > 0 || covering || full;
  const isLeft = ({ proves }: Cell): boolean =>
    !isNamed &&
    proves !== undefined &&
    ![proves, ALL_PACKAGES].some((name) => isAsked("proofs", { package: name }, asked));
  return { run: wanted.filter((cell) => !isLeft(cell)), left: wanted.filter(isLeft) };
}

const contains = (name: string, words: string): boolean => name.toLowerCase().includes(words.toLowerCase());
