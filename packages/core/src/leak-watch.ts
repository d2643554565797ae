import { callSite, framesOf } from "./call-site.ts";
import { shared } from "./global.ts";
import { liveTensors } from "./memory.ts";
import { warn } from "./warn.ts";

interface LeakWatch {
  /** So many pieces of device memory at once are more than a program that frees what it makes has. */
  threshold: number;
  /** How many tensors are looked at beyond it, and one in how many. */
  readonly samples: number;
  readonly every: number;
  passed: number;
  readonly lines: Map<string, number>;
}

const watch = shared<LeakWatch>("leakWatch", () => ({
  threshold: 10_000,
  samples: 50,
  every: 16,
  passed: 0,
  lines: new Map(),
}));

/** @internal Says from how many live tensors on a leak is suspected; starts anew. */
export function watchLeaksFrom(threshold: number): void {
  watch.threshold = threshold;
  watch.passed = 0;
  watch.lines.clear();
}

/**
 * A tensor was made that belongs to no scope. Beyond a threshold of live ones, some are asked where they come from, and the line that
 * made most of them is said, once.
 */
export function watchUnowned(): void {
  const { samples, every, lines } = watch;
  if (liveTensors() < watch.threshold || watch.passed >= samples * every) return;
  watch.passed += 1;
  if (watch.passed % every !== 0) return;
  const line = programLine(framesOf(callSite()));
  lines.set(line, (lines.get(line) ?? 0) + 1);
  if (watch.passed < samples * every) return;
  const [most] = [...lines].sort(([, a], [, b]) => b - a)[0] as [string, number];
  warn(
    `${liveTensors()} tensors are alive, and many belong to no scope: JavaScript's collector does not see the memory of devices and frees it late. Most were made ${most}. Open a scope around each step, \`using _ = scope();\` or \`scope(() => ...)\`, or call dispose().`,
  );
}

/** The innermost frame that is not this package's. */
function programLine(frames: readonly string[]): string {
  const [own = ""] = frames;
  const directory = own.slice(own.search(/(?:\w+:\/\/|\/)/), own.lastIndexOf("/") + 1);
  const line = frames.find((frame) => !frame.includes(directory) && !/[\\/]@kindling[\\/]/.test(frame));
  return (line ?? frames.at(-1) ?? "somewhere").trim();
}
