import { DatasetNotFoundError } from "@kindling/datasets";
import { loadSets } from "@kindling/recipes";
import { loadDigits } from "../data/load-digits.ts";
import type { DataOptions } from "../options/train-options.ts";
import { terminal } from "../terminal.ts";

/** `kindling data download|verify`: fetches what is missing or damaged, or only looks. */
export async function data(action: string, options: DataOptions): Promise<number> {
  const { dataset, root } = options;
  if (action === "download") {
    await loadDigits(options, terminal.note);
    terminal.print(`${dataset} is in ${root}, all four files verified`);
    return 0;
  }
  try {
    await loadSets(dataset, { root, download: false });
  } catch (error) {
    if (!(error instanceof DatasetNotFoundError)) throw error;
    terminal.note(`kindling: ${error.message}`);
    return 1;
  }
  terminal.print(`${dataset} in ${root}: all four files are there and verified`);
  return 0;
}
