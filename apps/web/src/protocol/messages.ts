import type { DatasetName } from "@kindling/recipes/config";
import type { GradientPoint, LivePoint, Run } from "../runs/run.ts";
import type { Sentence } from "./refusal.ts";

/** What the page asks of the worker, and what it is answered. */
export interface Requests {
  /** Begins a run that is new, or goes on with one that is kept. Answered when it has ended. */
  train(asked: { readonly run: Run; readonly stepOnly: boolean }): TrainingEnd;
  /** Holds the training after the running step; answered when it is held, and kept. */
  pause(): undefined;
  go(): undefined;
  /** One step more of a training that is held. */
  step(): undefined;
  /** Ends the training after the running step, and keeps it. */
  stop(): undefined;
  /** Loads the network of a run, to look at and to draw for. */
  open(asked: { readonly run: Run }): undefined;
  /** What the network takes a drawing for. Null where there is no network. */
  classify(asked: { readonly image: Uint8Array }): Classified | null;
  /** Test digits by their positions, 784 bytes each. */
  images(asked: { readonly positions: readonly number[] }): Uint8Array;
  /** The weights of a run whose network is loaded, as `model.safetensors`. */
  weights(asked: { readonly runId: string }): Uint8Array;
  /** Rows as the command writes them into `history.csv`. */
  history(asked: { readonly rows: Run["rows"] }): string;
  /** A network out of a file, looked at with the test digits, and kept as a run. */
  upload(asked: { readonly run: Run; readonly bytes: Uint8Array }): Run;
}

export type RequestName = keyof Requests;
export type Asked<N extends RequestName> = Parameters<Requests[N]>[0];
export type Answer<N extends RequestName> = ReturnType<Requests[N]>;

export interface Classified {
  readonly probabilities: readonly number[];
}

/** How a training ended: all epochs done, or stopped before. */
export interface TrainingEnd {
  readonly run: Run;
}

/** What a training is busy with. */
export type Phase = "data" | "device" | "train" | "validate" | "paused";

/** The test digits that are looked at all the time: the first ones. */
export interface Sample {
  readonly dataset: DatasetName;
  readonly classes: readonly string[];
  /** 784 bytes each. */
  readonly images: Uint8Array;
  /** Of all test digits. */
  readonly labels: Uint8Array;
}

/** How far a training is. */
export interface ProgressNews {
  readonly phase: Phase;
  /** The epoch that runs, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  /** 0 while that is not known. */
  readonly stepsPerSecond: number;
  readonly secondsLeft: number | null;
}

/** What the worker tells of its own accord. */
export type News =
  | {
      readonly kind: "download";
      readonly file: string;
      readonly mirror: string;
      readonly loaded: number;
      readonly total: number | null;
    }
  | { readonly kind: "phase"; readonly phase: "data" | "device" }
  | { readonly kind: "sample"; readonly sample: Sample }
  | { readonly kind: "device"; readonly name: string; readonly detail: string }
  | { readonly kind: "progress"; readonly progress: ProgressNews }
  /** The run as it is now: rows, curves, gradients. */
  | { readonly kind: "run"; readonly run: Run }
  /** What the sample was taken for just now. */
  | { readonly kind: "point"; readonly runId: string; readonly point: LivePoint }
  | {
      readonly kind: "gradients";
      readonly runId: string;
      readonly layers: readonly string[];
      readonly point: GradientPoint;
    }
  | {
      readonly kind: "look";
      readonly runId: string;
      readonly predictions: Uint8Array;
      readonly confidences: Uint8Array;
    }
  /** The browser does not keep the run: its storage is full, or closed to this page. */
  | { readonly kind: "unsaved"; readonly runId: string; readonly reason: string }
  | { readonly kind: "weights"; readonly layer: FirstLayer };

/** The first layer's weights as images of `side` pixels. */
export interface FirstLayer {
  readonly runId: string;
  readonly name: string;
  readonly side: number;
  readonly data: Float32Array;
}

/** What the worker has thrown: a `Refusal` as the page says it, anything else in its own words. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
  readonly sentence?: Sentence;
}

/** What goes over the wire. */
export type ToWorker = { readonly id: number; readonly name: RequestName; readonly asked: unknown };
export type FromWorker =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: ThrownError }
  | { readonly news: News }
  /** The worker runs, and holds this lock for as long as it lives. */
  | { readonly alive: string };
