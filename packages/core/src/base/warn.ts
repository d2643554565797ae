import { shared } from "./global.ts";
import { surplusArguments } from "./surplus-arguments.ts";

/** Where warnings go. */
export type WarningSink = (message: string) => void;

interface Warnings {
  readonly said: Set<string>;
  sink: WarningSink;
}

const toConsole: WarningSink = (message) => console.warn(`UserWarning: ${message}`);

const warnings = shared<Warnings>("warnings", () => ({ said: new Set(), sink: toConsole }));

/** Says something that is worth knowing and no error, once a message: PyTorch's `UserWarning`. */
export function warn(message: string): void {
  if (warnings.said.has(message)) return;
  warnings.said.add(message);
  warnings.sink(message);
}

/**
 * Hands warnings to `sink` instead of `console.warn`; without one, back to the console. What was said before may be said
 * again. Returns what undoes it.
 */
export function setWarningSink(sink: WarningSink = toConsole): () => void {
  if (arguments.length > 1) throw surplusArguments("setWarningSink(sink?)", arguments.length);
  const { sink: previous } = warnings;
  warnings.sink = sink;
  warnings.said.clear();
  return () => {
    warnings.sink = previous;
    warnings.said.clear();
  };
}
