import { ValueError } from "@kindling/core";

/** Whether a monitored number is to fall or to rise. */
export type Mode = "min" | "max";

/** The number that comes before any other in `mode`: no epoch is worse. */
export const WORST = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY } as const;

/** `a` is better than `b`. */
export function isBetter(mode: Mode, a: number, b: number): boolean {
  return mode === "min" ? a < b : a > b;
}

/** The number of that name; undefined where it was not measured. */
export function measuredAs(monitor: string, measured: Readonly<Record<string, number>>): number | undefined {
  return Object.hasOwn(measured, monitor) ? measured[monitor] : undefined;
}

/** @throws ValueError unless `mode` is "min" or "max", in Lightning's words */
export function checkMode(op: string, mode: string): void {
  if (mode !== "min" && mode !== "max") throw new ValueError(op, `\`mode\` can be min, max, got ${mode}`);
}
