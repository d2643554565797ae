import type { DigitSets } from "@kindling/recipes";
import type { RunConfig } from "./run-config.ts";

/** The data of a run in one line. */
export function outlineSets({ train, test }: DigitSets, { dataset, root }: RunConfig): string {
  const [many, few] = [train, test].map(({ length }) => length.toLocaleString("en-US"));
  return `Dataset: ${dataset} in ${root}, ${many} images to train on and ${few} to test`;
}
