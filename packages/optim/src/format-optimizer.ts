import { pythonRepr } from "@kindling/core/extend";
import type { WireGroup } from "./state-dict.ts";

/** `SGD (`, then the options of each group in the order of their names. */
export function formatOptimizer(name: string, groups: readonly WireGroup[]): string {
  const blocks = groups.map(({ params: _, ...options }, i) => {
    const lines = Object.keys(options)
      .sort()
      .map((key) => `    ${key}: ${pythonRepr(options[key])}\n`);
    return `Parameter Group ${i}\n${lines.join("")}`;
  });
  return `${name} (\n${blocks.join("\n")})`;
}
