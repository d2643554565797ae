import { Refusal } from "../protocol/refusal.ts";

/**
 * The largest of everything that this page accepts. The form, a link, an uploaded file and what the browser has kept are all held against
 * these: whatever one of them lets in, the others let in too, so that nothing is accepted that cannot be restored.
 */
export const LIMITS = {
  /** Units of a hidden layer. */
  hidden: 2048,
  batchSize: 60_000,
  lr: 100,
  epochs: 1000,
  /** Bytes of a file of weights. The largest network within the limits, two hidden layers of 2,048 units, takes 24 MB as float32. */
  fileBytes: 64e6,
  /** Moments of a run that are plotted: more would not be seen. */
  points: 1200,
  /** Images that a network is tested with. */
  testImages: 10_000,
} as const;

/**
 * Called before a file is read, and before its content is.
 *
 * @throws Refusal for a file of more bytes than the page accepts
 */
export function refuseLarge(bytes: number): void {
  if (bytes <= LIMITS.fileBytes) return;
  throw new Refusal("refusedBytes", { size: (bytes / 1e6).toFixed(1), most: LIMITS.fileBytes / 1e6 });
}
