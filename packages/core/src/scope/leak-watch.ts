import { shared } from "../base/global.ts";
import { warn } from "../base/warn.ts";
import { type Memory, unownedMemory } from "../storage/memory.ts";
import { callSite } from "./call-site.ts";
import { framesOf } from "./frames.ts";

/** From how much unowned memory on a leak is suspected. A step makes some ten tensors; a data set on a device is a few large ones. */
export interface LeakThresholds {
  /** This many tensors, however small. */
  readonly tensors: number;
  /** This many bytes, in at least `pieces` tensors. */
  readonly bytes: number;
  readonly pieces: number;
}

const THRESHOLDS: LeakThresholds = { tensors: 2_000, bytes: 256 * 2 ** 20, pieces: 200 };

/** Beyond a threshold, every fourth of the next hundred tensors is asked where it comes from. */
const SAMPLES = 25;
const EVERY = 4;

interface LeakWatch {
  thresholds: LeakThresholds;
  passed: number;
  readonly lines: Map<string, number>;
}

const watch = shared<LeakWatch>("leakWatch", () => ({ thresholds: THRESHOLDS, passed: 0, lines: new Map() }));

/** @internal Sets when a leak is suspected, by default as in programs; starts anew. */
export function watchLeaksFrom(thresholds: LeakThresholds = THRESHOLDS): void {
  watch.thresholds = thresholds;
  watch.passed = 0;
  watch.lines.clear();
}

/**
 * A tensor over `memory` was made that belongs to no scope. Beyond a threshold of unowned ones, the line that makes most of them is
 * reported, once.
 */
export function watchUnowned(memory: Memory | null): void {
  if (memory === null) return;
  memory.disown();
  const { thresholds, lines } = watch;
  const { tensors, bytes } = unownedMemory();
  const many = tensors >= thresholds.tensors || (bytes >= thresholds.bytes && tensors >= thresholds.pieces);
  if (!many || watch.passed >= SAMPLES * EVERY) return;
  watch.passed += 1;
  if (watch.passed % EVERY !== 0) return;
  const line = programLine(framesOf(callSite()).map(({ text }) => text));
  lines.set(line, (lines.get(line) ?? 0) + 1);
  if (watch.passed < SAMPLES * EVERY) return;
  const [most] = [...lines].sort(([, a], [, b]) => b - a)[0] as [string, number];
  warn(
    `${tensors} tensors (${sizeOf(bytes)}) are alive that belong to no scope: JavaScript's garbage collector does not see the memory of devices, and frees it late. Most were made ${most}. Open a scope around each step: \`using _ = scope();\` at the top of the loop's body or, in plain JavaScript, \`await scope(async () => { ... })\`. dispose() frees a single tensor. Tensors that are kept on purpose may stay as they are.`,
  );
}

/** `12 kB`, `3.4 GB`, as people count. */
function sizeOf(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const count = bytes / 1024 ** power;
  return `${count < 10 && power > 0 ? count.toFixed(1) : Math.round(count)} ${units[power]}`;
}

/** The innermost frame that is not this package's. */
function programLine(frames: readonly string[]): string {
  const [own = ""] = frames;
  // On source the package is the folder above this one; when it is built, all is beside each other.
  const directory = own
    .slice(own.search(/(?:\w+:\/\/|\/)/), own.lastIndexOf("/") + 1)
    .replace(/(\/core\/src\/)scope\/$/, "$1");
  const line = frames.find((frame) => !frame.includes(directory) && !/[\\/]@kindling[\\/]/.test(frame));
  return (line ?? frames.at(-1) ?? "somewhere").trim();
}
