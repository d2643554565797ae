import type { Numbers } from "./probe.ts";
import golden from "./reference.golden.json" with { type: "json" };

/** What PyTorch computes for the probe: the loss, and as many gradients as need all the others on their way. */
export const REFERENCE: Numbers = new Map(
  Object.entries(golden.numbers).map(([name, { data }]) => [name, Float32Array.from(data)]),
);
