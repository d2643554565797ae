import { readSettings } from "../settings/link.ts";
import type { Run } from "./run.ts";

/**
 * The run that was kept; undefined for what is none, or none that this page understands: what a browser keeps may come from another
 * version of the page, or be damaged.
 */
export function readRun(kept: unknown): Run | undefined {
  if (typeof kept !== "object" || kept === null) return undefined;
  const run = kept as { readonly [K in keyof Run]?: unknown };
  const { id, number, batch, status, rows, curve, layers, gradients } = run;
  const settings = readSettings(run.settings);
  const isRun =
    settings !== undefined &&
    typeof id === "string" &&
    Number.isSafeInteger(number) &&
    Number.isSafeInteger(batch) &&
    (status === "idle" || status === "done") &&
    [rows, curve, layers, gradients].every(Array.isArray) &&
    [run.predictions, run.confidences].every((bytes) => bytes === null || bytes instanceof Uint8Array) &&
    [run.file, run.device].every((text) => text === null || typeof text === "string");
  return isRun ? { ...(kept as Run), settings } : undefined;
}
