import type { Run } from "../runs/run.ts";
import { type PageState, selectedRun } from "./page-state.ts";

/** What was taken for what: of all test images after an epoch, or of the first ones just now. */
export interface Seen {
  readonly predictions: Uint8Array;
  readonly confidences: Uint8Array;
  /** Whether these are all test images. */
  readonly isWhole: boolean;
}

/** The latest that is known of the first test images. */
export function seenNow({ look, ...state }: PageState): Seen | null {
  const run = selectedRun(state);
  if (run === null) return null;
  if (look !== null && look.runId === run.id) return { ...look, isWhole: false };
  return seenWhole(run);
}

/** What is known of all test images: after the last epoch. */
export function seenWhole(run: Run | null): Seen | null {
  if (run === null || run.predictions === null || run.confidences === null) return null;
  return { predictions: run.predictions, confidences: run.confidences, isWhole: true };
}
