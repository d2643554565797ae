import type { HistoryRow } from "@kindling/trainer";
import { LIMITS } from "../settings/limits.ts";
import type { Settings } from "../settings/settings.ts";

/** `idle` is a run that can go on; `done` has all its epochs. */
export type RunStatus = "idle" | "done";

/** One moment of a training. `x` counts epochs: 0.5 is the middle of the first. */
export interface LivePoint {
  readonly x: number;
  /** The loss of the last batch. */
  readonly loss: number;
  /** The share of a sample of the test digits that was right, where it was looked at. */
  readonly acc?: number;
}

/** The sizes of the gradients at one moment: the root mean square over each layer's weights, in the order of the layers. */
export interface GradientPoint {
  readonly x: number;
  readonly sizes: readonly number[];
}

/** A training, or a network that was uploaded: all that is kept of it but its weights. */
export interface Run {
  readonly id: string;
  /** Counts the runs of this browser: what people call it by. */
  readonly number: number;
  readonly created: number;
  readonly settings: Settings;
  /** The file that it was uploaded from; null for a training. */
  readonly file: string | null;
  /** The uploaded network that it began with, where it did not begin anew. */
  readonly startsFrom?: { readonly id: string; readonly file: string };
  /** What it was computed on; null before it began. */
  readonly device: string | null;
  readonly status: RunStatus;
  readonly rows: readonly HistoryRow[];
  /** Batches of an epoch that is not finished. */
  readonly batch: number;
  readonly curve: readonly LivePoint[];
  readonly layers: readonly string[];
  readonly gradients: readonly GradientPoint[];
  /** What each test digit was taken for after the last epoch, and how sure the network was: 255 is certain. */
  readonly predictions: Uint8Array | null;
  readonly confidences: Uint8Array | null;
}

export function newRun(id: string, number: number, settings: Settings, file: string | null = null): Run {
  return {
    id,
    number,
    created: Date.now(),
    settings,
    file,
    device: null,
    status: "idle",
    rows: [],
    batch: 0,
    curve: [],
    layers: [],
    gradients: [],
    predictions: null,
    confidences: null,
  };
}

/** A run of its own for the network of a file: that is kept as it came, to compare with. */
export function trainedFrom(uploaded: Run, number: number, settings: Settings): Run {
  const { model, layers, hidden, activation, dataset } = uploaded.settings;
  const run = newRun(newId(), number, { ...settings, model, layers, hidden, activation, dataset });
  return { ...run, startsFrom: { id: uploaded.id, file: uploaded.file ?? "" } };
}

export function newId(): string {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

/** `points` and one more; every other one goes when there are too many. */
export function withPoint<P>(points: readonly P[], point: P): P[] {
  const thinned = points.length < LIMITS.points ? points : points.filter((_, i) => i % 2 === 0);
  return [...thinned, point];
}
