import type { DatasetName } from "@kindling/recipes/config";
import type { FirstLayer, ProgressNews, Sample } from "../protocol/messages.ts";
import type { DamagedRun } from "../runs/read-run.ts";
import type { Run } from "../runs/run.ts";
import type { Settings } from "../settings/settings.ts";
import type { TextKey } from "../text/en.ts";
import type { Language, Values } from "../text/text.ts";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** What the page says once, above everything. */
export interface Notice {
  readonly tone: "info" | "warning" | "error";
  readonly key: TextKey;
  readonly values?: Values;
}

/** A training that runs, or waits. */
export interface Activity {
  readonly runId: string;
  readonly phase: ProgressNews["phase"];
  /** Null before the first step. */
  readonly progress: ProgressNews | null;
  /** What it was asked for and has not done yet: it finishes its step first. */
  readonly asked: "pause" | "stop" | null;
}

export interface Download {
  readonly file: string;
  readonly mirror: string;
  readonly loaded: number;
  readonly total: number | null;
}

/** What was taken for what: the first test images, or all of them. */
export interface Look {
  readonly runId: string;
  readonly predictions: Uint8Array;
  readonly confidences: Uint8Array;
}

/** Everything that the page shows. */
export interface PageState {
  readonly language: Language;
  readonly theme: Theme;
  /** Whether the system asks for dark colours. */
  readonly isSystemDark: boolean;
  readonly settings: Settings;
  /** Whether the browser has a device; absent while that is not known. */
  readonly devices: Readonly<Record<string, boolean>>;
  readonly runs: readonly Run[];
  /** What is kept as runs and cannot be read. */
  readonly damaged: readonly DamagedRun[];
  /** Runs on the plots, by id. */
  readonly shown: ReadonlySet<string>;
  /** The run that is looked into. */
  readonly selected: string | null;
  readonly activity: Activity | null;
  readonly download: Download | null;
  /** The device that the last network was put on, in words. */
  readonly device: string | null;
  readonly notice: Notice | null;
  readonly sample: Sample | null;
  readonly look: Look | null;
  readonly layer: FirstLayer | null;
  /** The drawing as the network gets it. */
  readonly drawing: Uint8Array | null;
  readonly probabilities: readonly number[] | null;
}

/** Whether the page is dark now. */
export function isDark({ theme, isSystemDark }: Pick<PageState, "theme" | "isSystemDark">): boolean {
  return theme === "auto" ? isSystemDark : theme === "dark";
}

/** The images that the page is about: those of the run that it shows, else those that are chosen. */
export function datasetOf(state: Pick<PageState, "runs" | "selected" | "settings">): DatasetName {
  return selectedRun(state)?.settings.dataset ?? state.settings.dataset;
}

export function selectedRun({ runs, selected }: Pick<PageState, "runs" | "selected">): Run | null {
  return runs.find(({ id }) => id === selected) ?? null;
}
